/** Circles: where votes lead round, and the votes that make it so. */
import type { Graph } from "../api/types";
import { shortestCircle, stepsInside } from "../hooks/cycles";
import type { Open } from "../hooks/inspecting";
import { edgeSentence } from "../hooks/sentences";

interface CirclesProps {
  graph: Graph;
  context?: string;
  onOpen: Open;
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
      {graph.cycles.map((group) => {
        const around = shortestCircle(group, graph.edges);
        return (
          <details key={group.join()}>
            <summary>{group.length <= 4 ? group.map(name).join(", ") : `${group.length} values, among them ${group.slice(0, 3).map(name).join(", ")}`}</summary>
            <p className="note">One way round, of {stepsInside(group, graph.edges).length} steps inside:</p>
            <ol className="steps-list">
              {around.map((edge) => (
                <li key={edge.less_wise}><button type="button" className="row-button" onClick={() => { onOpen({ kind: "step", one: edge.less_wise, other: edge.wiser }); }}>{edgeSentence(edge, name(edge.less_wise), name(edge.wiser), context)}</button></li>
              ))}
            </ol>
          </details>
        );
      })}
    </section>
  );
}
