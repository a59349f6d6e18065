/** What an evaluation says, in sentences. */
import { count, decimal } from "@/lib/numbers";
import type { Evaluation } from "../api/types";

type Gap = NonNullable<Evaluation["beyond_length"]>;
type Sides = NonNullable<Evaluation["length"]>;
type Calibration = NonNullable<Evaluation["calibration"]>;

const points = (share: number): string => `${decimal(100 * share, 1)} points`;

/** Whether the model is better than "the longer response wins", or what would have been noticed. */
export function beyondLength({ value, low, high, n, groups, noticeable, detected }: Gap): string {
  if (value === null || noticeable === null) return "Too few prompts are held out to say whether it knows more than length.";
  const of = `[${points(low)}, ${points(high)}], ${count(n)} pairs of ${count(groups)} prompts`;
  if (!detected) return `A difference to “the longer response wins” is not detectable at this n (${of}): four times of five, one of ${points(noticeable)} would be.`;
  return value > 0
    ? `It is right oftener than “the longer response wins”, by ${points(value)} (${of}).`
    : `It is right less often than “the longer response wins”, by ${points(-value)} (${of}).`;
}

/** How much oftener than the target it prefers the longer response. */
export function lengthSentence({ model, target }: Sides): string {
  if (model.value === null || target.value === null) return "All held-out pairs are equally long.";
  return `It prefers the longer response in ${decimal(100 * model.value, 0)} % of ${count(model.n)} pairs of unequal length, the target in ${decimal(100 * target.value, 0)} %. Each response is scored by itself, so their order cannot matter.`;
}

/** How far its sureness is from how often it is right. */
export function calibrationSentence({ error, brier, n }: Calibration): string {
  if (error === null || brier === null) return "Nothing was judged, so nothing is known of its calibration.";
  return `How sure it is and how often it is right lie ${points(error)} apart on average (expected calibration error, n = ${count(n)}); Brier score ${decimal(brier)}.`;
}
