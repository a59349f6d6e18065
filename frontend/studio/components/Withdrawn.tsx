/** That people behind the data have left since: it stands on everything that was made of it. */
import { count } from "@/lib/numbers";

/** Draws the sentence, or nothing where nobody left. */
export function Withdrawn({ people }: { people: number }) {
  if (people === 0) return null;
  return <p className="badge-line is-warning">{people === 1 ? "1 person" : `${count(people)} people`} behind its data {people === 1 ? "has" : "have"} withdrawn since the data set was frozen.</p>;
}
