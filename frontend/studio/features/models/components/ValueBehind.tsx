/** A value that a target leans on: its words as they stand now, the cards in it, and the votes on it. */
import "@/styles/moralgraph.css";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { StudioLink } from "@/studio/components/StudioLink";
import { ValuesCard } from "@/studio/components/ValuesCard";
import { VoteRows } from "@/studio/components/VoteRows";
import { useStudy } from "@/studio/shell/routes";
import { valueBehindQuery, valuesQuery } from "../api/leaning";

interface ValueBehindProps {
  id: number;
  context?: string;
  /** The snapshot whose votes made the target; without one they are those of now. */
  snapshot?: number;
}

function Fold({ title, children }: { title: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return <details onToggle={(event) => { setOpened(event.currentTarget.open); }}><summary>{title}</summary>{opened && children}</details>;
}

/** Draws the value. */
export function ValueBehind({ id, context, snapshot }: ValueBehindProps) {
  const { slug } = useStudy();
  const { data, isPending, error, refetch } = useQuery(valueBehindQuery(slug, id));
  const { data: values = [] } = useQuery(valuesQuery(slug));
  if (isPending) return <p className="note" role="status">The value is being read.</p>;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  const { value, cards } = data;
  // Their lines go with the people whose words they were.
  const isWithdrawn = value.policies.length === 0;
  const name = (of: number): string => (of === id ? value.title : values.find((one) => one.id === of)?.title ?? `value ${String(of)}`);
  return (
    <>
      <ValuesCard title={value.title} summary={value.summary} simulated={value.simulated} compact level={4} />
      {isWithdrawn && <p className="note">The person whose words this value was made of has withdrawn. What was said by it stays counted.</p>}
      {cards.length === 0 ? <p className="note">No card stands in it now.</p> : (
        <Fold title={`${count(cards.length)} ${cards.length === 1 ? "card" : "cards"} in it now`}>
          <ul className="member-list">{cards.map((card) => <li key={card.id}><ValuesCard title={card.title} summary={card.summary} policies={card.policies} compact level={4} /></li>)}</ul>
        </Fold>
      )}
      <Fold title={snapshot === undefined ? "The votes on it" : "The votes on it, as the snapshot holds them"}>
        <VoteRows asked={{ value: id, context, snapshot }} name={name} withStep />
      </Fold>
      {!isWithdrawn && <p><StudioLink to={`/studies/${slug}/graph?value=${String(id)}`}>Open {value.title} in the graph</StudioLink></p>}
    </>
  );
}
