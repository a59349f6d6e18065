/** Circles: where votes lead round, and the votes that make it so. */
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { count } from "@/lib/numbers";
import type { Graph, GraphEdge } from "../api/types";
import { shortestCircle, stepsInside } from "../hooks/cycles";
import type { Open } from "../hooks/inspecting";
import { useFirst } from "../hooks/limit";
import { edgeSentence } from "../hooks/sentences";

interface CirclesProps {
  graph: Graph;
  context?: string;
  onOpen: Open;
}

function WayRound({ graph, group, context, name, onOpen }: CirclesProps & { group: readonly number[]; name: (id: number) => string }) {
  const around = useMemo(() => shortestCircle(group, graph.edges), [group, graph.edges]);
  const inside = useMemo(() => stepsInside(group, graph.edges), [group, graph.edges]);
  const [shown, showAll] = useFirst(inside);
  const step = (edge: GraphEdge) => (
    <li key={`${edge.less_wise}-${edge.wiser}`}><button type="button" className="row-button" onClick={() => { onOpen({ kind: "step", one: edge.less_wise, other: edge.wiser }); }}>{edgeSentence(edge, name(edge.less_wise), name(edge.wiser), context)}</button></li>
  );
  return (
    <>
      <p className="note">One way round:</p>
      <ol className="steps-list">{around.map(step)}</ol>
      <details>
        <summary>All {count(inside.length)} steps inside</summary>
        <ul className="steps-list">{shown.map(step)}</ul>
        {showAll && <Button variant="default" size="compact-md" onClick={showAll}>Show all of them</Button>}
      </details>
    </>
  );
}

function Group(props: CirclesProps & { group: readonly number[]; name: (id: number) => string }) {
  const { group, name } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => { setOpen(event.currentTarget.open); }}>
      <summary>{group.length <= 4 ? group.map(name).join(", ") : `${group.length} values, among them ${group.slice(0, 3).map(name).join(", ")}`}</summary>
      {/* Of hundreds of values the search takes a moment: only for who asks. */}
      {isOpen && <WayRound {...props} />}
    </details>
  );
}

/** Draws each group of values that no order suits, with one way round. */
export function Circles({ graph, context, onOpen }: CirclesProps) {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  const name = (id: number): string => titles.get(id) ?? `value ${id}`;
  if (graph.cycles.length === 0) return <p>No circles: nowhere do the votes lead round.</p>;
  return (
    <section className="circles" aria-label="Circles">
      <h3>Circles</h3>
      <p className="note">The votes lead round among these values, so that no order agrees with all of them.</p>
      {graph.cycles.map((group) => <Group key={group.join()} group={group} graph={graph} context={context} name={name} onOpen={onOpen} />)}
    </section>
  );
}
