/** The graph read out: one sentence a value, then one a step between two values. */
import { Button } from "@mantine/core";
import { count } from "@/lib/numbers";
import type { Graph } from "../api/types";
import type { Open } from "../hooks/inspecting";
import { useFirst } from "../hooks/limit";
import { edgeSentence, ranked, valueSentence, votedEdges } from "../hooks/sentences";

interface SentenceListProps {
  graph: Graph;
  /** The name of the one context that is shown. */
  context?: string;
  onOpen: Open;
}

/** Draws the sentences; each opens what it speaks of. */
export function SentenceList({ graph, context, onOpen }: SentenceListProps) {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  const name = (id: number): string => titles.get(id) ?? `value ${id}`;
  const steps = votedEdges(graph);
  const [shown, showAll] = useFirst(steps);
  return (
    <div className="sentences prose">
      <h2>Values, the wisest first</h2>
      <ol>
        {ranked(graph.nodes).map((node) => (
          <li key={node.id}>
            <button type="button" className="row-button" onClick={() => { onOpen({ kind: "value", id: node.id }); }}>{valueSentence(node, graph.nodes.length)}</button>
          </li>
        ))}
      </ol>
      <h2>Steps between values{context === undefined ? "" : `, in “${context}”`}</h2>
      <ul>
        {shown.map((edge) => (
          <li key={`${edge.less_wise}-${edge.wiser}`}>
            <button type="button" className="row-button" onClick={() => { onOpen({ kind: "step", one: edge.less_wise, other: edge.wiser }); }}>{edgeSentence(edge, name(edge.less_wise), name(edge.wiser), context)}</button>
          </li>
        ))}
      </ul>
      {showAll && <Button variant="default" size="compact-md" onClick={showAll}>Show all {count(steps.length)} steps</Button>}
    </div>
  );
}
