/** One graph four ways: picture, table, sentences, scores; the address remembers which. */
import { Tabs } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Figure } from "@/studio/components/Figure";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { choiceFrom, useAddress } from "@/studio/lib/address";
import type { Graph } from "../api/types";
import { SentenceList } from "./SentenceList";
import { ValuesTable } from "./ValuesTable";

const GraphPicture = lazy(() => import("./GraphPicture").then((module) => ({ default: module.GraphPicture })));
const VIEWS = ["picture", "table", "sentences", "scores"] as const;

interface GraphViewsProps {
  graph: Graph;
  selected?: number;
  onSelect: (id: number) => void;
}

function Scores({ graph }: { graph: Graph }) {
  const { layout } = graph.figure;
  const { title } = layout as { title?: { text?: string } };
  return <Figure title={title?.text ?? "Scores"} summary="Each value’s score with its interval, the wisest on top." figure={graph.figure} height={Number(layout.height ?? 480)} />;
}

/** Draws the chosen view. */
export function GraphViews({ graph, selected, onSelect }: GraphViewsProps) {
  const [search, change] = useAddress();
  const view = choiceFrom(search, "view", VIEWS);
  return (
    <section className="figure" aria-label="The graph">
      <p className="figure-summary">{graph.summary}</p>
      <Tabs value={view} onChange={(next) => { change({ view: next ?? undefined }); }} keepMounted={false}>
        <Tabs.List aria-label="How to see the graph">
          <Tabs.Tab value="picture">Picture</Tabs.Tab>
          <Tabs.Tab value="table">Table</Tabs.Tab>
          <Tabs.Tab value="sentences">Sentences</Tabs.Tab>
          <Tabs.Tab value="scores">Scores</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="picture" pt="md">
          <Suspense fallback={<FigureSkeleton height="32rem" />}><GraphPicture graph={graph} selected={selected} onSelect={onSelect} /></Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="table" pt="md"><ValuesTable nodes={graph.nodes} selected={selected} onSelect={onSelect} /></Tabs.Panel>
        <Tabs.Panel value="sentences" pt="md"><SentenceList graph={graph} onSelect={onSelect} /></Tabs.Panel>
        <Tabs.Panel value="scores" pt="md"><Scores graph={graph} /></Tabs.Panel>
      </Tabs>
    </section>
  );
}
