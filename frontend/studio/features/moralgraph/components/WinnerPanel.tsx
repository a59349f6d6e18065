/** The value on top in a context: how sure that is, and on how many people it rests. */
import { Fragment } from "react";
import { count, decimal } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { StudioLink } from "@/studio/components/StudioLink";
import { ValuesCard } from "@/studio/components/ValuesCard";
import type { GraphChoice } from "../api/graph";
import type { Graph } from "../api/types";
import type { Open } from "../hooks/inspecting";
import { Circles } from "./Circles";
import { VotesButton } from "./VotesButton";

const SUPPORT = {
  clear: "clear: the next value stays below",
  leaning: "leaning: the next value may be as wise",
  contested: "contested: the top may change with a few votes",
  none: "none: how sure it is, is not known",
} as const;

const LEFT_OUT = {
  same_value: "between what is one value now",
  answered_again: "answered again by the same person: the newer answer counts",
} as const;

/** Which votes do not count because of what was put together since. */
function LeftOut({ left, context }: { left: Graph["left_out"]; context?: string }) {
  return (["same_value", "answered_again"] as const).filter((why) => left[why] > 0).map((why, at) => (
    <Fragment key={why}>{at > 0 && "; "}<VotesButton asked={{ left_out: why, context }} title="Votes that do not count">{count(left[why])} {left[why] === 1 ? "vote" : "votes"}</VotesButton> {LEFT_OUT[why]}</Fragment>
  ));
}

interface WinnerPanelProps {
  graph: Graph;
  choice: GraphChoice;
  /** The name of the one context that is shown. */
  context?: string;
  firmness: string;
  onOpen: Open;
}

/** Draws the winner, or says that there is none yet. */
export function WinnerPanel({ graph, choice, context, firmness, onOpen }: WinnerPanelProps) {
  const { winner } = graph;
  const node = graph.nodes.find(({ id }) => id === winner?.id);
  if (!winner || !node) {
    return <section className="winner" aria-label="Winning value"><p>No value is on top yet: nobody has voted here.</p></section>;
  }
  const { same_value: same, answered_again: again } = graph.left_out;
  return (
    <section className="winner" aria-label="Winning value">
      <ValuesCard tag={node.imported ? "On top · ▣ From elsewhere" : "On top"} title={node.title} summary={node.summary} policies={node.policies} level={2} simulated={node.simulated} />
      <dl className="facts-list">
        <div><dt>Score</dt><dd><button type="button" className="row-button is-number" onClick={() => { onOpen({ kind: "votes", value: node.id }); }}><NumberWithInterval value={node.score} low={winner.interval?.[0]} high={winner.interval?.[1]} n={winner.n} /></button></dd></div>
        <div><dt>Wisest in resamples</dt><dd>{winner.p_top === null ? "not known by this rule" : <StudioLink to={firmness} className="number-link">{decimal(100 * winner.p_top, 0)} of 100</StudioLink>}</dd></div>
        <div><dt>Support</dt><dd>{SUPPORT[winner.support]}. <StudioLink to={firmness}>What would change it?</StudioLink></dd></div>
        <div><dt>Where</dt><dd>{context ?? "all contexts"}</dd></div>
        <div><dt>Votes</dt><dd><button type="button" className="row-button is-number" onClick={() => { onOpen({ kind: "votes" }); }}>{count(graph.votes)} by {count(graph.participants)} people</button></dd></div>
        {same + again > 0 && <div><dt>Left out</dt><dd><LeftOut left={graph.left_out} context={choice.context} /></dd></div>}
        <div><dt>Rule</dt><dd>{graph.rule}</dd></div>
      </dl>
      <Circles graph={graph} context={context} onOpen={onOpen} />
    </section>
  );
}
