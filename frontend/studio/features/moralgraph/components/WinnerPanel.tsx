/** The value on top in a context: how sure that is, and on how many people it rests. */
import { count, decimal } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { ValuesCard } from "@/studio/components/ValuesCard";
import type { Graph } from "../api/types";

const SUPPORT = {
  clear: "clear: the next value stays below",
  leaning: "leaning: the next value may be as wise",
  contested: "contested: the top may change with a few votes",
  none: "none: no votes yet",
} as const;

function Cycles({ graph }: { graph: Graph }) {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  if (graph.cycles.length === 0) return <p>No cycles: nowhere do the votes run in a circle.</p>;
  return (
    <>
      <p>The votes run in a circle among these values, so their order there is weak:</p>
      <ul>
        {graph.cycles.map((cycle) => <li key={cycle.join()}>{cycle.map((id) => titles.get(id) ?? `value ${id}`).join(", ")}</li>)}
      </ul>
    </>
  );
}

/** Draws the winner, or says that there is none yet. */
export function WinnerPanel({ graph, contextName }: { graph: Graph; contextName: string }) {
  const { winner } = graph;
  const node = graph.nodes.find(({ id }) => id === winner?.id);
  if (!winner || !node) {
    return <section className="winner" aria-label="Winning value"><p>No value is on top yet: nobody has voted here.</p></section>;
  }
  return (
    <section className="winner" aria-label="Winning value">
      <ValuesCard tag="On top" title={node.title} summary={node.summary} policies={node.policies} level={2} simulated={node.simulated} />
      <dl className="facts-list">
        <div><dt>Score</dt><dd><NumberWithInterval value={node.score} low={winner.interval?.[0]} high={winner.interval?.[1]} n={winner.n} /></dd></div>
        <div><dt>Wisest in resamples</dt><dd>{winner.p_top === null ? "not known by this rule" : `${decimal(100 * winner.p_top, 0)} of 100`}</dd></div>
        <div><dt>Support</dt><dd>{SUPPORT[winner.support]}</dd></div>
        <div><dt>Where</dt><dd>{contextName}</dd></div>
        <div><dt>Votes</dt><dd>{count(graph.votes)} by {count(graph.participants)} people</dd></div>
        <div><dt>Rule</dt><dd>{graph.rule}</dd></div>
      </dl>
      <Cycles graph={graph} />
    </section>
  );
}
