/** Two graphs side by side: two groups of people, or two snapshots. */
import "@/styles/moralgraph.css";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Page } from "@/studio/components/Page";
import { choiceFrom, textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { contextsQuery } from "../api/graph";
import { capital, useContextName } from "../components/GraphChoices";
import { GraphNav } from "../components/GraphNav";
import { GroupsBeside } from "../components/GroupsBeside";
import { SnapshotsBeside } from "../components/SnapshotsBeside";

const KINDS = ["groups", "snapshots"] as const;
const LABELS = { groups: "Two groups of people", snapshots: "Two snapshots" } as const;

/** Draws the screen. */
export function ComparePage() {
  const { slug, title } = useStudy();
  const [search, change] = useAddress();
  const kind = choiceFrom(search, "kind", KINDS);
  const context = textFrom(search, "context");
  const contextName = capital(useContextName(context));
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  return (
    <Page title="Compare" crumbs={crumbs} lede="Where two groups differ, what they share, and what changed with time.">
      <GraphNav />
      <div className="graph-choices">
        <NativeSelect label="Compare" data={KINDS.map((value) => ({ value, label: LABELS[value] }))} value={kind} onChange={(event) => { change({ kind: event.currentTarget.value }); }} />
        <NativeSelect label="Context" data={[{ value: "", label: "All contexts" }, ...contexts.map(({ id, name }) => ({ value: String(id), label: name }))]} value={context ?? ""} onChange={(event) => { change({ context: event.currentTarget.value }); }} />
      </div>
      <p className="graph-asked">{contextName}.</p>
      {kind === "groups" ? <GroupsBeside context={context} /> : <SnapshotsBeside context={context} />}
    </Page>
  );
}
