/** One graph four ways: picture, table, sentences, scores; the address remembers which. */
import { Tabs } from "@mantine/core";
import { lazy, Suspense, useMemo } from "react";
import { Figure } from "@/studio/components/Figure";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { choiceFrom, useAddress } from "@/studio/lib/address";
import type { Graph } from "../api/types";
import { type Filters, filterText, shownGraph } from "../hooks/asking";
import type { Open, Target } from "../hooks/inspecting";
import { PrintedGraph } from "./PrintedGraph";
import { SentenceList } from "./SentenceList";
import { StepsTable, ValuesTable } from "./ValuesTable";

const GraphPicture = lazy(() => import("./GraphPicture").then((module) => ({ default: module.GraphPicture })));
const VIEWS = ["picture", "table", "sentences", "scores"] as const;

interface GraphViewsProps {
  graph: Graph;
  filters: Filters;
  /** The name of the one context that is shown. */
  context?: string;
  /** Where it is said how firm the first place is; of a snapshot it is not. */
  firmness?: string;
  target?: Target;
  onOpen: Open;
}

function Scores({ graph }: { graph: Graph }) {
  const { layout } = graph.figure;
  const { title } = layout as { title?: { text?: string } };
  return <Figure title={title?.text ?? "Scores"} summary="Each value’s score with its interval, the wisest on top." figure={graph.figure} height={Number(layout.height ?? 480)} />;
}

/** Draws the chosen view. */
export function GraphViews({ graph, filters, context, firmness, target, onOpen }: GraphViewsProps) {
  const [search, change] = useAddress();
  const view = choiceFrom(search, "view", VIEWS);
  const { answer, minVotes, minShare } = filters;
  // The picture is drawn anew for a new graph alone, not whenever something else on the page moves.
  const shown = useMemo(() => shownGraph(graph, { answer, minVotes, minShare }), [graph, answer, minVotes, minShare]);
  const left = filterText(graph, shown, filters);
  return (
    <section className="figure" aria-label="The graph">
      <p className="figure-summary">{graph.summary} {graph.votes > 0 && <button type="button" className="row-button is-quiet" onClick={() => { onOpen({ kind: "votes" }); }}>See the votes</button>}</p>
      {left !== "" && <p className="note"><span role="status">{left}</span> {view !== "table" && <button type="button" className="row-button is-quiet" onClick={() => { change({ view: "table" }); }}>See these steps</button>}</p>}
      <Tabs className="graph-tabs" value={view} onChange={(next) => { change({ view: next ?? undefined }); }} keepMounted={false}>
        <Tabs.List aria-label="How to see the graph">
          <Tabs.Tab value="picture">Picture</Tabs.Tab>
          <Tabs.Tab value="table">Table</Tabs.Tab>
          <Tabs.Tab value="sentences">Sentences</Tabs.Tab>
          <Tabs.Tab value="scores">Scores</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="picture" pt="md">
          <Suspense fallback={<FigureSkeleton height="32rem" />}><GraphPicture graph={shown} answer={filters.answer} target={target} onOpen={onOpen} /></Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="table" pt="md">
          <div className="graph-tables">
            <ValuesTable graph={shown} target={target} onOpen={onOpen} firmness={firmness} />
            <StepsTable graph={shown} onOpen={onOpen} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="sentences" pt="md"><SentenceList graph={shown} context={context} onOpen={onOpen} /></Tabs.Panel>
        <Tabs.Panel value="scores" pt="md"><Scores graph={graph} /></Tabs.Panel>
      </Tabs>
      <PrintedGraph graph={shown} context={context} />
    </section>
  );
}
