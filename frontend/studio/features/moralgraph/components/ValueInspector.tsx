/** A value opened: its card, its numbers, and every step to and from it. */
import { useQuery } from "@tanstack/react-query";
import { StudioLink } from "@/studio/components/StudioLink";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { ValuesCard } from "@/studio/components/ValuesCard";
import { decimal } from "@/lib/numbers";
import { useStudy } from "@/studio/shell/routes";
import { graphQuery, type GraphChoice } from "../api/graph";
import { objectionsQuery } from "../api/objections";
import type { GraphEdge } from "../api/types";
import { edgeSentence, rankText } from "../hooks/sentences";

interface ValueInspectorProps {
  choice: GraphChoice;
  id: number;
  onSelect: (id: number) => void;
}

interface StepsProps {
  title: string;
  edges: readonly GraphEdge[];
  other: (edge: GraphEdge) => number;
  name: (id: number) => string;
  onSelect: (id: number) => void;
}

function Steps({ title, edges, other, name, onSelect }: StepsProps) {
  if (edges.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="steps-list">
        {edges.map((edge) => (
          <li key={`${edge.less_wise}-${edge.wiser}`}>
            <button type="button" className="row-button" onClick={() => { onSelect(other(edge)); }}>{name(other(edge))}</button>
            <p>{edgeSentence(edge, name(edge.less_wise), name(edge.wiser))}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Objected({ slug, id }: { slug: string; id: number }) {
  const { data } = useQuery(objectionsQuery(slug));
  const mine = data?.objections.filter(({ value }) => value.id === id) ?? [];
  if (mine.length === 0) return null;
  const open = mine.filter(({ state }) => state === "open").length;
  return <p><StudioLink to={`/studies/${slug}/objections?value=${id}`}>{mine.length === 1 ? "1 person objects" : `${mine.length} people object`} to being put into it</StudioLink>{open === 0 ? ", answered." : `, ${open} open.`}</p>;
}

/** Draws the value and what was said of it. */
export function ValueInspector({ choice, id, onSelect }: ValueInspectorProps) {
  const { slug } = useStudy();
  const { data: graph } = useQuery(graphQuery(slug, choice));
  const node = graph?.nodes.find((item) => item.id === id);
  if (!graph || !node) return <p>This value has no votes in this context.</p>;
  const name = (of: number): string => graph.nodes.find((item) => item.id === of)?.title ?? `value ${of}`;
  const voted = graph.edges.filter(({ n }) => n > 0);
  return (
    <div className="value-inspector">
      <ValuesCard title={node.title} summary={node.summary} policies={node.policies} simulated={node.simulated} tag={node.simulated ? "Simulated" : undefined} />
      <Objected slug={slug} id={id} />
      <dl className="facts-list">
        <div><dt>Score</dt><dd><NumberWithInterval value={node.score} low={node.low} high={node.high} n={node.n} /></dd></div>
        <div><dt>Rank</dt><dd>{rankText(node)} of {graph.nodes.length}</dd></div>
        <div><dt>P(top)</dt><dd>{decimal(node.p_top)}</dd></div>
      </dl>
      <Steps title="Judged wiser than, or not" edges={voted.filter(({ wiser }) => wiser === id)} other={({ less_wise }) => less_wise} name={name} onSelect={onSelect} />
      <Steps title="What may be wiser than it" edges={voted.filter(({ less_wise }) => less_wise === id)} other={({ wiser }) => wiser} name={name} onSelect={onSelect} />
    </div>
  );
}
