/** One side of a pair: the value, the cards in it with their quotes, and what rests on it. */
import { count } from "@/lib/numbers";
import { ValuesCard } from "@/studio/components/ValuesCard";
import type { MergeSide as Side } from "../api/types";
import { VotesButton } from "./VotesButton";

const MOST_QUOTES = 3;

/** The first sentences of people who agreed to be quoted. */
function quotesOf({ cards }: Side): string[] {
  return [...new Set(cards.flatMap(({ policies }) => policies.map(({ quote }) => quote)))].filter((quote) => quote !== "").slice(0, MOST_QUOTES);
}

/** Draws the side; `fate` says whether its wording would stand for both or its cards would move, where that is asked. */
export function MergeSide({ side, fate, label }: { side: Side; fate?: "stays" | "moves"; label: string }) {
  const { value, cards, votes, live } = side;
  const only = cards.length === 1 ? cards[0] : undefined;
  const quotes = quotesOf(side);
  const tag = fate === "stays" ? "This wording stays" : fate === "moves" ? "Its cards would move" : live ? undefined : "Not in the graph now";
  return (
    <section aria-label={label} className="merge-side">
      <ValuesCard title={value.title} summary={value.summary} policies={only?.policies ?? value.policies} tag={tag} simulated={value.simulated} selected={fate === "stays"} />
      <p className="note">
        {cards.length === 1 ? "One card" : `${count(cards.length)} cards`}, {votes === 0 ? "no votes" : <VotesButton asked={{ value: value.id }} title={`Votes: ${value.title}`} label={`${votes === 1 ? "One vote" : `${count(votes)} votes`} on ${value.title}`}>{votes === 1 ? "one vote" : `${count(votes)} votes`}</VotesButton>} on it.
        {fate === "moves" && votes > 0 && " They count for the value that stays, as long as its cards are there."}
      </p>
      {quotes.length > 0
        ? <div className="merge-quotes" role="group" aria-label="In their words">{quotes.map((quote) => <blockquote key={quote} dir="auto">{quote}</blockquote>)}</div>
        : cards.length > 0 && <p className="note">No quotes: nobody here agreed to be quoted, or no line rests on one.</p>}
      {cards.length > 1 && (
        <details>
          <summary>The {count(cards.length)} cards in it</summary>
          <ul className="objection-members">{cards.map((card) => <li key={card.id}><ValuesCard title={card.title} summary={card.summary} policies={card.policies} compact level={4} /></li>)}</ul>
        </details>
      )}
    </section>
  );
}
