/** Pairs that the model cannot take in whole: counted and said, never dropped unseen. */
import { count } from "@/lib/numbers";

/** Draws the sentence. */
export function TooLong({ tooLong }: { tooLong: Readonly<Record<string, number>> }) {
  const sides = Object.entries(tooLong);
  const total = sides.reduce((sum, [, n]) => sum + n, 0);
  if (sides.length === 0) return null;
  return (
    <p className={total > 0 ? "badge-line is-warning" : "badge-line"} data-too-long={total}>
      {total === 0
        ? "Every pair fits into the model."
        : `${count(total)} pairs are too long for the model and are left out: ${sides.map(([side, n]) => `${count(n)} ${side.replaceAll("_", " ")}`).join(", ")}.`}
    </p>
  );
}
