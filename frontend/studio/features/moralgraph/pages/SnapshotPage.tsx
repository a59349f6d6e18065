/** The graph as a snapshot holds it: what audits took their principles from, and data sets their targets. */
import "@/styles/moralgraph.css";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { snapshotQuery } from "../api/analyses";
import { contextsQuery } from "../api/graph";
import type { SnapshotDetail } from "../api/types";
import { useContextName } from "../components/GraphChoices";
import { GraphNav } from "../components/GraphNav";
import { GraphViews } from "../components/GraphViews";
import { filtersOf } from "../hooks/asking";
import { useOpening } from "../hooks/inspecting";

function Kept({ detail: { snapshot, graph }, context }: { detail: SnapshotDetail; context?: string }) {
  const { slug } = useStudy();
  const [search] = useAddress();
  const filters = useMemo(() => filtersOf(search), [search]);
  const contextName = useContextName(context);
  const open = useOpening()({ context, rule: snapshot.rule, snapshot: snapshot.id }, `snapshot ${snapshot.number}`);
  return (
    <>
      <p className="badge-line">Taken on {new Date(snapshot.created_at).toLocaleString()} by the rule {snapshot.rule}, with {count(snapshot.votes)} votes. Later votes change nothing here. <StudioLink to={`/studies/${slug}/graph`}>Open the graph of now</StudioLink></p>
      <GraphViews graph={graph} filters={filters} context={context === undefined ? undefined : contextName} onOpen={open} />
    </>
  );
}

/** Draws the screen. */
export function SnapshotPage() {
  const { slug, title } = useStudy();
  const { snapshotId = "" } = useParams({ strict: false });
  const [search, change] = useAddress();
  const context = textFrom(search, "context");
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const { data, isPending, error, refetch } = useQuery(snapshotQuery(slug, Number(snapshotId), context));
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  return (
    <Page title={data ? `Snapshot ${String(data.snapshot.number)}` : "Snapshot"} crumbs={crumbs} lede="The moral graph as it was kept, so that what was made from it can be traced.">
      <GraphNav />
      <div className="graph-choices">
        <NativeSelect label="Context" data={[{ value: "", label: "All contexts" }, ...contexts.map(({ id, name }) => ({ value: String(id), label: name }))]} value={context ?? ""} onChange={(event) => { change({ context: event.currentTarget.value }); }} />
      </div>
      {isPending && <FigureSkeleton height="32rem" />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Kept detail={data} context={context} />}
    </Page>
  );
}
