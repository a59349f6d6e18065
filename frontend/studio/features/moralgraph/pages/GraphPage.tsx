/** The moral graph explorer: whole or one context, of everybody or some people, with its winner and what it rests on. */
import "@/styles/moralgraph.css";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { firmnessAddress, type GraphChoice } from "../api/graph";
import type { Graph } from "../api/types";
import { Downloads } from "../components/Downloads";
import { GraphChoices, useContextName } from "../components/GraphChoices";
import { GraphFiles } from "../components/GraphFiles";
import { GraphImports } from "../components/GraphImports";
import { GraphNav } from "../components/GraphNav";
import { GraphViews } from "../components/GraphViews";
import { SnapshotPanel } from "../components/SnapshotPanel";
import { WinnerPanel } from "../components/WinnerPanel";
import { choiceOf, type Filters, filtersOf } from "../hooks/asking";
import { useInspecting } from "../hooks/inspecting";
import { useLiveGraph } from "../hooks/live-graph";

function Explorer({ graph, choice, filters }: { graph: Graph; choice: GraphChoice; filters: Filters }) {
  const { slug } = useStudy();
  const [target, open] = useInspecting(choice);
  const contextName = useContextName(choice.context);
  const context = choice.context === undefined ? undefined : contextName;
  const firmness = firmnessAddress(slug, choice);
  if (graph.nodes.length === 0) {
    return (
      <EmptyState title="No values yet">
        <p>Values appear as participants accept their cards; arrows appear as they vote on which is wiser. Share the study link to begin.</p>
      </EmptyState>
    );
  }
  return (
    <div className="graph-explorer">
      <GraphViews graph={graph} filters={filters} context={context} firmness={firmness} target={target} onOpen={open} />
      <WinnerPanel graph={graph} choice={choice} context={context} firmness={firmness} onOpen={open} />
    </div>
  );
}

/** Draws the workspace. */
export function GraphPage() {
  const { slug, title } = useStudy();
  const [search, change] = useAddress();
  const choice = useMemo(() => choiceOf(search), [search]);
  const filters = useMemo(() => filtersOf(search), [search]);
  const { result, line } = useLiveGraph(slug, choice);
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }], [title, slug]);
  return (
    <Page
      title="Moral graph"
      crumbs={crumbs}
      lede="Each arrow is a step that people were asked about: is the second value wiser here than the first?"
      actions={<><Downloads choice={choice} /><Live state={line} /></>}
    >
      <GraphNav />
      <GraphChoices choice={choice} filters={filters} onChange={change} />
      {result.isPending && <FigureSkeleton height="32rem" />}
      {result.isError && <ErrorState error={result.error} retry={() => { void result.refetch(); }} />}
      {result.data && !result.isError && <Explorer graph={result.data} choice={choice} filters={filters} />}
      <SnapshotPanel rule={choice.rule} balance={choice.balance} />
      <GraphFiles rule={choice.rule} />
      <GraphImports />
    </Page>
  );
}
