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
  const { accuracy } = figures;
  const again = fitting ? " It is being fitted again." : "";
  if (accuracy.value === null) return `No held-out pair has a preference yet.${again}`;
  const told = `It agrees with ${percent(accuracy.value)} of ${count(accuracy.n)} held-out pairs`;
  const coin = accuracy.low <= 0.5 ? "; that it is better than a coin is not detectable at this n" : ", surely more than a coin";
  return `${told}${coin}.${besideLength(figures)}${again}`;
}

/** What “the longer response wins” reaches, and whether the two can be told apart on these pairs. */
function besideLength({ longer, beyond_length: gap }: NonNullable<InstantModel["figures"]>): string {
  if (longer.value === null) return "";
  const told = ` “The longer response wins” agrees with ${percent(longer.value)}`;
  if (!gap?.detected) return `${told}: no difference is detectable at this n.`;
  return `${told}: it does noticeably ${(gap.value ?? 0) > 0 ? "better" : "worse"} than that.`;
}

/** When it was fitted, and in how long. */
export function fittedAt({ fitted_at, seconds }: Pick<InstantModel, "fitted_at" | "seconds">): string {
  return fitted_at === null ? "–" : `${new Date(fitted_at).toLocaleString()}, in ${decimal(seconds, 1)} s`;
}
