/** The value on top in a context: how sure that is, and on how many people it rests. */
import { count, decimal } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { StudioLink } from "@/studio/components/StudioLink";
import { ValuesCard } from "@/studio/components/ValuesCard";
import type { Graph } from "../api/types";
import type { Open } from "../hooks/inspecting";
import { Circles } from "./Circles";

const SUPPORT = {
  clear: "clear: the next value stays below",
  leaning: "leaning: the next value may be as wise",
  contested: "contested: the top may change with a few votes",
  none: "none: how sure it is, is not known",
} as const;

/** Which votes do not count because of what was put together since; empty where there are none. */
export function leftOutText({ same_value: same, answered_again: again }: Graph["left_out"]): string {
  const part = (n: number, why: string): string => (n === 0 ? "" : `${count(n)} ${n === 1 ? "vote" : "votes"} ${why}`);
  return [part(same, "between what is one value now"), part(again, "answered again by the same person: the newer answer counts")].filter(Boolean).join("; ");
}

interface WinnerPanelProps {
  graph: Graph;
  /** The name of the one context that is shown. */
  context?: string;
  firmness: string;
  onOpen: Open;
}

/** Draws the winner, or says that there is none yet. */
export function WinnerPanel({ graph, context, firmness, onOpen }: WinnerPanelProps) {
  const { winner } = graph;
  const node = graph.nodes.find(({ id }) => id === winner?.id);
  if (!winner || !node) {
    return <section className="winner" aria-label="Winning value"><p>No value is on top yet: nobody has voted here.</p></section>;
  }
  const leftOut = leftOutText(graph.left_out);
  return (
    <section className="winner" aria-label="Winning value">
      <ValuesCard tag={node.imported ? "On top · ▣ From elsewhere" : "On top"} title={node.title} summary={node.summary} policies={node.policies} level={2} simulated={node.simulated} />
      <dl className="facts-list">
        <div><dt>Score</dt><dd><button type="button" className="row-button is-number" onClick={() => { onOpen({ kind: "value", id: node.id }); }}><NumberWithInterval value={node.score} low={winner.interval?.[0]} high={winner.interval?.[1]} n={winner.n} /></button></dd></div>
        <div><dt>Wisest in resamples</dt><dd>{winner.p_top === null ? "not known by this rule" : `${decimal(100 * winner.p_top, 0)} of 100`}</dd></div>
        <div><dt>Support</dt><dd>{SUPPORT[winner.support]}. <StudioLink to={firmness}>What would change it?</StudioLink></dd></div>
        <div><dt>Where</dt><dd>{context ?? "all contexts"}</dd></div>
        <div><dt>Votes</dt><dd><button type="button" className="row-button is-number" onClick={() => { onOpen({ kind: "votes" }); }}>{count(graph.votes)} by {count(graph.participants)} people</button></dd></div>
        {leftOut !== "" && <div><dt>Left out</dt><dd>{leftOut}</dd></div>}
        <div><dt>Rule</dt><dd>{graph.rule}</dd></div>
      </dl>
      <Circles graph={graph} context={context} onOpen={onOpen} />
    </section>
  );
}
