/** The graph read out: one sentence a value, then one a step between two values. */
import type { Graph } from "../api/types";
import { edgeSentence, ranked, valueSentence } from "../hooks/sentences";

/** Draws the sentences. */
export function SentenceList({ graph, onSelect }: { graph: Graph; onSelect: (id: number) => void }) {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  const name = (id: number): string => titles.get(id) ?? `value ${id}`;
  return (
    <div className="sentences prose">
      <p>{graph.summary}</p>
      <h3>Values, the wisest first</h3>
      <ol>
        {ranked(graph.nodes).map((node) => (
          <li key={node.id}>
            <button type="button" className="row-button" onClick={() => { onSelect(node.id); }}>{valueSentence(node, graph.nodes.length)}</button>
          </li>
        ))}
      </ol>
      <h3>Steps between values</h3>
      <ul>
        {graph.edges.filter(({ n }) => n > 0).map((edge) => (
          <li key={`${edge.less_wise}-${edge.wiser}`}>{edgeSentence(edge, name(edge.less_wise), name(edge.wiser))}</li>
        ))}
      </ul>
    </div>
  );
}
