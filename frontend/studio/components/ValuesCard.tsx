/** The values card, the same everywhere: title, one sentence, policies that show the words they came from. */
import { useState, type KeyboardEvent } from "react";
import { splitPolicy } from "@/lib/policies";

/** One line of a card: what is attended to, how, and the person's words behind it. */
export interface CardPolicy {
  attended: string;
  qualifier?: string;
  quote?: string;
}

/** What a card shows. */
export interface ValuesCardProps {
  title: string;
  summary?: string;
  policies?: readonly CardPolicy[];
  /** A short word above the title: "Winning value", "Simulated". */
  tag?: string;
  meta?: string;
  compact?: boolean;
  mine?: boolean;
  selected?: boolean;
  simulated?: boolean;
  /** Which heading level the title has in its place. */
  level?: 2 | 3 | 4;
}

function PolicyLine({ policy }: { policy: CardPolicy }) {
  const [dismissed, setDismissed] = useState(false);
  // Cards written before the two halves were kept apart carry their lead in capitals.
  const parts = policy.qualifier === undefined || policy.qualifier === ""
    ? splitPolicy(policy.attended)
    : { lead: policy.attended, rest: policy.qualifier };
  const words = <>{parts.lead !== "" && <span className="policy-lead">{parts.lead}</span>} {parts.rest}</>;
  if (policy.quote === undefined || policy.quote === "") return <li className="policy">{words}</li>;

  const dismiss = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setDismissed(true);
  };
  return (
    <li
      className={dismissed ? "policy is-dismissed" : "policy"}
      // A quote must be reachable by keyboard as it is by hovering.
      tabIndex={0}
      onKeyDown={dismiss}
      onBlur={() => { setDismissed(false); }}
      onMouseLeave={() => { setDismissed(false); }}
    >
      {words}
      <q className="policy-quote" data-said="In their words">{policy.quote}</q>
    </li>
  );
}

/** Draws one value. */
export function ValuesCard(props: ValuesCardProps) {
  const { title, summary, policies = [], tag, meta, level = 3 } = props;
  const Title = `h${level}` as const;
  const states = [props.compact && "is-compact", props.mine && "is-mine", props.selected && "is-selected", props.simulated && "simulated"];
  return (
    <article className={["values-card", ...states].filter(Boolean).join(" ")}>
      {tag !== undefined && <span className="values-card-tag">{tag}</span>}
      <Title className="values-card-title">{title}</Title>
      {summary !== undefined && summary !== "" && <p className="values-card-sentence">{summary}</p>}
      {policies.length > 0 && (
        <ul className="values-card-policies">
          {policies.map((policy, index) => <PolicyLine key={index} policy={policy} />)}
        </ul>
      )}
      {meta !== undefined && <p className="values-card-meta">{meta}</p>}
    </article>
  );
}
