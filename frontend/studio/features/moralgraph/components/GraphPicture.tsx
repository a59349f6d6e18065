/** The moral graph as a picture: looked at, searched, and travelled by keyboard along its steps. */
import { Autocomplete, Button } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useIsDark } from "@/studio/lib/colours";
import type { Graph } from "../api/types";
import type { Filters } from "../hooks/asking";
import { drawGraph, type Drawn, hasWebGL } from "../hooks/drawing";
import type { Open, Target } from "../hooks/inspecting";
import { isMixed } from "../hooks/looks";
import { valueSentence } from "../hooks/sentences";
import { type Standpoint, standpointText, stepsOf, travelled } from "../hooks/travel";

interface GraphPictureProps {
  graph: Graph;
  answer?: Filters["answer"];
  target?: Target;
  onOpen: Open;
  /** What the picture shows, where several stand side by side. */
  label?: string;
  compact?: boolean;
}

const KEYS = "Arrow up and down travel to a wiser or a less wise value. Left and right look along the steps of a value, Space follows one. Enter opens what is chosen. Plus, minus and zero zoom.";

function Search({ graph, onFind }: { graph: Graph; onFind: (id: number) => void }) {
  const [typed, setTyped] = useState("");
  const titles = [...new Set(graph.nodes.map(({ title }) => title))];
  const find = (title: string): void => {
    const found = graph.nodes.find((node) => node.title === title);
    if (found) onFind(found.id);
  };
  return <Autocomplete className="graph-search" size="sm" label="Find a value" placeholder="Part of its name" data={titles} limit={8} value={typed} onChange={setTyped} onOptionSubmit={find} />;
}

function Legend({ graph, onZoom, onWhole }: { graph: Graph; onZoom: (by: number) => void; onWhole: () => void }) {
  return (
    <div className="graph-legend">
      <p>Higher and larger: wiser. Pale halo: how unsure its score is. Gold ring: on top. Arrows run towards what more people find wiser; the wider and darker, the more votes.{isMixed(graph) ? " Square frame ▣: brought in from elsewhere." : graph.nodes.some(({ imported }) => imported) && " All values were brought in from elsewhere."}</p>
      <div className="graph-zoom">
        <Button variant="default" size="compact-md" aria-label="Zoom in" onClick={() => { onZoom(1.4); }}>+</Button>
        <Button variant="default" size="compact-md" aria-label="Zoom out" onClick={() => { onZoom(1 / 1.4); }}>−</Button>
        <Button variant="default" size="compact-md" onClick={onWhole}>Whole</Button>
      </div>
    </div>
  );
}

/** Where the keyboard stands, and what a key does there. */
function useTravel({ graph, target, onOpen, drawn }: { graph: Graph; target?: Target; onOpen: Open; drawn: React.RefObject<Drawn | undefined> }) {
  const [at, setAt] = useState<Standpoint>();
  const start = target?.kind === "value" ? target.id : graph.winner?.id ?? graph.nodes[0]?.id;
  const step = at?.step === undefined ? undefined : stepsOf(graph.edges, at.value)[at.step]?.edge;
  const go = (next: Standpoint): void => {
    setAt(next);
    if (next.value !== at?.value && graph.nodes.length > 40) drawn.current?.centre(next.value);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const zooms: Record<string, () => void> = { "+": () => drawn.current?.zoom(1.4), "-": () => drawn.current?.zoom(1 / 1.4), "0": () => drawn.current?.whole() };
    const here = at ?? (start === undefined ? undefined : { value: start });
    if (here === undefined) return;
    if (event.key === "Enter") onOpen(step ? { kind: "step", one: step.less_wise, other: step.wiser } : { kind: "value", id: here.value });
    const next = at === undefined && event.key.startsWith("Arrow") ? here : travelled(graph.edges, here, event.key);
    if (next) go(next);
    zooms[event.key]?.();
    if (next || event.key === "Enter" || event.key === " " || event.key in zooms || event.key.startsWith("Arrow")) event.preventDefault();
  };
  return { at, step, press, go, leave: () => { setAt(undefined); } };
}

/** Draws the graph; all of it is also in the table and the sentences. */
export function GraphPicture({ graph, answer = "", target, onOpen, label = "Picture of the moral graph", compact }: GraphPictureProps) {
  const root = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(undefined);
  const [canDraw] = useState(hasWebGL);
  const [hovered, setHovered] = useState<number>();
  const isDark = useIsDark();
  const { at, step, press, go, leave } = useTravel({ graph, target, onOpen, drawn });
  const now = useRef({ graph, answer, onOpen });
  const chosen = target?.kind === "value" ? target.id : undefined;
  const chosenStep = target?.kind === "step" ? graph.edges.find(({ less_wise, wiser }) => [less_wise, wiser].sort().join() === [target.one, target.other].sort().join()) : undefined;

  useEffect(() => { now.current = { graph, answer, onOpen }; });
  useEffect(() => {
    if (!root.current) return undefined;
    const made = drawGraph({
      root: root.current,
      graph: now.current.graph,
      answer: now.current.answer,
      onSelect: (id) => { now.current.onOpen({ kind: "value", id }); },
      onStep: (one, other) => { now.current.onOpen({ kind: "step", one, other }); },
      onHover: setHovered,
    });
    drawn.current = made;
    return () => {
      drawn.current = undefined;
      made.remove();
    };
  }, [isDark]);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) drawn.current?.update(graph, answer);
    isFirst.current = false;
  }, [graph, answer]);
  useEffect(() => { drawn.current?.look({ chosen, cursor: at?.value, step: step ?? chosenStep }); }, [chosen, at, step, chosenStep, isDark]);

  if (!canDraw) return <p className="figure-failed">This browser cannot draw the picture; the table and the sentences hold the same.</p>;
  const node = graph.nodes.find(({ id }) => id === (hovered ?? at?.value));
  const name = (id: number): string => graph.nodes.find((item) => item.id === id)?.title ?? `value ${id}`;
  return (
    <div className={compact ? "graph-frame is-compact" : "graph-frame"}>
      {!compact && <Search graph={graph} onFind={(id) => { drawn.current?.centre(id); go({ value: id }); onOpen({ kind: "value", id }); }} />}
      {/* An application: it has keys of its own, which it names. */}
      <div className="graph-stage" role="application" aria-label={`${label}. ${KEYS}`} tabIndex={0} onKeyDown={press} onBlur={leave}>
        <div ref={root} className="graph-picture" aria-hidden="true" />
      </div>
      <p className="graph-caption" role="status">
        {at !== undefined && hovered === undefined ? standpointText(graph.edges, at, name) : node ? valueSentence(node, graph.nodes.length) : ""}
      </p>
      {!compact && <Legend graph={graph} onZoom={(by) => { drawn.current?.zoom(by); }} onWhole={() => { drawn.current?.whole(); }} />}
    </div>
  );
}
