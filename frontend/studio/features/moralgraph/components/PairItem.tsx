/** A pair of values: both directions with what people answered, its stories, and whether it is asked about. */
import { count } from "@/lib/numbers";
import { StudioLink } from "@/studio/components/StudioLink";
import type { Direction, JudgedPair } from "../api/types";
import { Retiring } from "./Retiring";
import { TaleItem } from "./TaleItem";
import { VotesButton } from "./VotesButton";

/** "12 answers: 7 wiser, 3 not wiser, 2 unsure." */
export function answersText({ votes, counts }: Pick<Direction, "votes" | "counts">): string {
  if (votes === 0) return "not answered yet";
  const parts = [
    [counts.wiser, "wiser"], [counts.not_wiser, "not wiser"], [counts.unsure, "unsure"], [counts.same, "the same"], [counts.not_about, "not about this"],
  ] as const;
  const said = parts.filter(([times]) => times > 0).map(([times, name]) => `${count(times)} ${name}`);
  return `${votes === 1 ? "1 answer" : `${count(votes)} answers`}: ${said.join(", ")}`;
}

/** Draws the pair; titles are in the order of its first direction. */
export function PairItem({ slug, pair, writes }: { slug: string; pair: JudgedPair; writes: boolean }) {
  const first = pair.directions[0];
  if (first === undefined) return null;
  const [low = "", high = ""] = pair.titles;
  const title = ({ less_wise: from }: Direction): [string, string] => (from === first.less_wise ? [low, high] : [high, low]);
  return (
    <li className={pair.retired ? "pair is-retired" : "pair"}>
      <h2 className="pair-title"><StudioLink to={`/studies/${slug}/graph?value=${first.less_wise}`}>{low}</StudioLink> and <StudioLink to={`/studies/${slug}/graph?value=${first.wiser}`}>{high}</StudioLink></h2>
      {pair.directions.map((direction) => {
        const [before, after] = title(direction);
        return (
          <section key={direction.id} className="direction" aria-label={`${before}, then ${after}`}>
            <h3>{before} <span aria-hidden="true">→</span><span className="visually-hidden">then</span> {after}</h3>
            <p className="note">{direction.votes === 0 ? answersText(direction) : <VotesButton asked={{ value: direction.less_wise, other: direction.wiser, toward: direction.wiser }} title={`Votes: ${before}, then ${after}`}>{answersText(direction)}</VotesButton>}{direction.stories.length === 0 && ", by the neutral story"}</p>
            {direction.stories.length > 0 && <ul className="tales">{direction.stories.map((tale) => <TaleItem key={`${tale.id}-${tale.state}`} slug={slug} tale={tale} writes={writes} />)}</ul>}
          </section>
        );
      })}
      <Retiring slug={slug} thing={{ kind: "transitions", id: first.id }} name="this pair" retired={pair.retired} writes={writes} />
    </li>
  );
}
