/** What an evaluation says, in sentences. */
import { count, decimal } from "@/lib/numbers";
import type { CheckpointRow, Evaluation } from "../api/types";

type Gap = NonNullable<Evaluation["beyond_length"]>;
type Base = NonNullable<Evaluation["base"]>;
type Length = NonNullable<Evaluation["length"]>;
type Position = NonNullable<Evaluation["position"]>;
type Control = NonNullable<CheckpointRow["control"]>;
type Calibration = NonNullable<Evaluation["calibration"]>;

const points = (share: number): string => `${decimal(100 * share, 1)} points`;

/** The smallest difference that would be noticed; with very few pairs there is none. */
export function noticed(least: number | null): string {
  return least === null || least >= 1 ? "so few could show none." : `four times of five, one of ${points(least)} would be.`;
}

/** Whether the model is better than "the longer response wins", or what would have been noticed. */
export function beyondLength({ value, low, high, n, groups, noticeable, detected }: Gap): string {
  if (value === null || noticeable === null) return "Too few prompts are held out to say whether it knows more than length.";
  const of = `[${points(low)}, ${points(high)}], ${count(n)} pairs of ${count(groups)} prompts`;
  if (!detected) return `A difference to “the longer response wins” is not detectable at this n (${of}): ${noticed(noticeable)}`;
  return value > 0
    ? `It is right oftener than “the longer response wins”, by ${points(value)} (${of}).`
    : `It is right less often than “the longer response wins”, by ${points(-value)} (${of}).`;
}

const reach = ({ low, high, n, groups }: Gap): string => `[${points(low)}, ${points(high)}], ${count(n)} pairs of ${count(groups)} prompts`;

/** What would have been noticed, where nothing was. */
const unseen = (what: string, gap: Gap): string => `${what} is not detectable at this n (${reach(gap)}): ${noticed(gap.noticeable)}`;

/** The checkpoint and what it was trained from, pair by pair. */
export function besideBase({ accuracy, gap, by }: Base, judgedBy = ""): string {
  if (gap.value === null || accuracy.value === null) return "Too few prompts are held out to lay it beside its base.";
  const how = `The base judges by ${by}${judgedBy === "" ? "" : `, the checkpoint by ${judgedBy}`}.`;
  if (!gap.detected) return `${unseen("A difference to its base", gap)} ${how}`;
  return `It is right ${gap.value > 0 ? "oftener" : "less often"} than its base, by ${points(Math.abs(gap.value))} (${reach(gap)}). ${how}`;
}

/** How much oftener than the target it prefers the longer response. */
export function lengthSentence({ model, target, gap }: Length): string {
  if (model.value === null || target.value === null) return "All held-out pairs are equally long.";
  const told = `It prefers the longer response in ${decimal(100 * model.value, 0)} % of ${count(model.n)} pairs of unequal length, the target in ${decimal(100 * target.value, 0)} %.`;
  if (!gap || gap.value === null) return told;
  if (!gap.detected) return `${told} ${unseen("A bias for length", gap)}`;
  return `${told} It likes the ${gap.value > 0 ? "longer" : "shorter"} one more than it should, by ${points(Math.abs(gap.value))} (${reach(gap)}).`;
}

/** Whether the place of a response decides. */
export function positionSentence({ applies, model, base, gap }: Position): string {
  if (!applies) return "Each response is scored by itself, so their order cannot matter.";
  if (!model || !base || model.decided.value === null || base.decided.value === null) return "Nothing could be asked both ways round, so nothing is known of a liking for a place.";
  const told = `Asked in words both ways round which response is better, it names the same place twice in ${decimal(100 * model.decided.value, 0)} % of ${count(model.decided.n)} pairs, its base in ${decimal(100 * base.decided.value, 0)} %.`;
  if (!gap || gap.value === null) return told;
  return gap.detected ? `${told} Training made that ${gap.value > 0 ? "worse" : "better"}, by ${points(Math.abs(gap.value))} (${reach(gap)}).` : `${told} ${unseen("A change by training", gap)}`;
}

/** What training cost on pairs that have nothing to do with the values. */
export function controlSentence({ set, model, base, change, n }: Control): string {
  if (model.value === null || base.value === null || change.value === null) return "None of the control pairs could be read, so nothing is known of a drop.";
  const told = `On ${count(n)} control pairs (${set}) it is right in ${decimal(100 * model.value, 0)} %, its base in ${decimal(100 * base.value, 0)} %.`;
  if (!change.detected) return `${told} ${unseen("A drop", change)}`;
  return `${told} Training made it ${change.value < 0 ? "worse" : "better"} there, by ${points(Math.abs(change.value))} (${reach(change)}).`;
}

/** How far its sureness is from how often it is right. */
export function calibrationSentence({ error, brier, n }: Calibration): string {
  if (error === null || brier === null) return "Nothing was judged, so nothing is known of its calibration.";
  return `How sure it is and how often it is right lie ${points(error)} apart on average (expected calibration error, n = ${count(n)}); Brier score ${decimal(brier)}.`;
}
