/** What an instant model has learnt, in a sentence. */
import { count, decimal } from "@/lib/numbers";
import type { InstantModel } from "../api/instant-models";

export const TARGET_WORDS: Readonly<Record<string, string>> = {
  verdicts: "People’s verdicts",
  graph: "The moral graph",
  principle: "One principle",
};

const percent = (share: number): string => `${decimal(100 * share, 0)} %`;

/** Whether it judges better than a coin and than length, as far as its n can tell. */
export function learnt({ figures, message, fitting }: Pick<InstantModel, "figures" | "message" | "fitting">): string {
  if (!figures) return message === "" ? "It is being fitted for the first time." : message;
  const { accuracy, longer } = figures;
  const again = fitting ? " It is being fitted again." : "";
  if (accuracy.value === null) return `No held-out pair has a preference yet.${again}`;
  const told = `It agrees with ${percent(accuracy.value)} of ${count(accuracy.n)} held-out pairs`;
  if (accuracy.low <= 0.5) return `${told}; that it is better than a coin is not detectable at this n.${again}`;
  const length = longer.value === null ? "" : `, “the longer response wins” with ${percent(longer.value)}`;
  return `${told}, surely more than a coin${length}.${again}`;
}

/** When it was fitted, and in how long. */
export function fittedAt({ fitted_at, seconds }: Pick<InstantModel, "fitted_at" | "seconds">): string {
  return fitted_at === null ? "–" : `${new Date(fitted_at).toLocaleString()}, in ${decimal(seconds, 1)} s`;
}
