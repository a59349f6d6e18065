/** One graph three ways: picture, table, sentences; the address remembers which. */
import { Tabs } from "@mantine/core";
import { lazy, Suspense } from "react";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { choiceFrom, useAddress } from "@/studio/lib/address";
import type { Graph } from "../api/types";
import { SentenceList } from "./SentenceList";
import { ValuesTable } from "./ValuesTable";

const GraphPicture = lazy(() => import("./GraphPicture").then((module) => ({ default: module.GraphPicture })));
const VIEWS = ["picture", "table", "sentences"] as const;

interface GraphViewsProps {
  graph: Graph;
  selected?: number;
  onSelect: (id: number) => void;
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
        </Tabs.List>
        <Tabs.Panel value="picture" pt="md">
          <Suspense fallback={<FigureSkeleton height="32rem" />}><GraphPicture graph={graph} selected={selected} onSelect={onSelect} /></Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="table" pt="md"><ValuesTable nodes={graph.nodes} selected={selected} onSelect={onSelect} /></Tabs.Panel>
        <Tabs.Panel value="sentences" pt="md"><SentenceList graph={graph} onSelect={onSelect} /></Tabs.Panel>
      </Tabs>
    </section>
  );
}
