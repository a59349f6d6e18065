/** The moral graph explorer: one context at a time, as picture, table or sentences, with its winner and what it rests on. */
import "@/styles/moralgraph.css";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { choiceFrom, textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import type { Graph } from "../api/types";
import { GraphChoices, RULES, useContextName } from "../components/GraphChoices";
import { GraphViews } from "../components/GraphViews";
import { SnapshotPanel } from "../components/SnapshotPanel";
import { WinnerPanel } from "../components/WinnerPanel";
import { useLiveGraph } from "../hooks/live-graph";
import { useSelection } from "../hooks/selection";
import type { GraphChoice } from "../api/graph";

function Explorer({ graph, choice }: { graph: Graph; choice: GraphChoice }) {
  const [selected, select] = useSelection(choice);
  const contextName = useContextName(choice.context);
  if (graph.nodes.length === 0) {
    return (
      <EmptyState title="No values yet">
        <p>Values appear as participants accept their cards; arrows appear as they vote on which is wiser. Share the study link to begin.</p>
      </EmptyState>
    );
  }
  return (
    <div className="graph-explorer">
      <GraphViews graph={graph} selected={selected} onSelect={select} />
      <WinnerPanel graph={graph} contextName={contextName} />
    </div>
  );
}

/** Draws the workspace. */
export function GraphPage() {
  const { slug, title } = useStudy();
  const [search, change] = useAddress();
  const context = textFrom(search, "context");
  const rule = choiceFrom(search, "rule", RULES);
  const choice = useMemo(() => ({ context, rule }), [context, rule]);
  const { result, line } = useLiveGraph(slug, choice);
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }], [title, slug]);
  return (
    <Page
      title="Moral graph"
      crumbs={crumbs}
      lede="Each arrow is a step that people were asked about: is the second value wiser here than the first?"
      actions={<Live state={line} />}
    >
      <GraphChoices choice={choice} onChange={change} />
      {result.isPending && <FigureSkeleton height="32rem" />}
      {result.isError && <ErrorState error={result.error} retry={() => { void result.refetch(); }} />}
      {result.data && <Explorer graph={result.data} choice={choice} />}
      <SnapshotPanel rule={rule} />
    </Page>
  );
}
