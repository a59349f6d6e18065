/** What an evaluation says, in sentences. */
import { count, decimal } from "@/lib/numbers";
import type { CheckpointRow, Evaluation } from "../api/types";

type Gap = NonNullable<Evaluation["beyond_length"]>;
type Base = NonNullable<Evaluation["base"]>;
type Length = NonNullable<Evaluation["length"]>;
type Position = NonNullable<Evaluation["position"]>;
type Control = NonNullable<CheckpointRow["control"]>;
type Luck = Partial<NonNullable<Evaluation["luck"]>>;
type Writes = NonNullable<Evaluation["writes"]>;
type Calibration = NonNullable<Evaluation["calibration"]>;

const points = (share: number): string => `${decimal(100 * share, 1)} points`;
const percent = (share: number): string => `${decimal(100 * share, 0)} %`;

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

/** Whether it learned anything of its target, in one sentence that carries the numbers. */
export function learned({ accuracy, luck, n }: Pick<Evaluation, "accuracy" | "n"> & { luck?: Luck }): string {
  if (accuracy.value === null) return "No held-out pair has a target and could be read, so nothing can be said.";
  const told = `It agrees with its target on ${percent(accuracy.value)} of ${count(n)} held-out pairs (${percent(accuracy.low)} to ${percent(accuracy.high)})`;
  if (luck?.applies) return luck.detected ? `It has learned something of its target. ${told}, ${asRight(luck)}.` : `That it has learned anything of its target is not detectable at this n. ${told}, ${asRight(luck)}; from ${percent(luck.noticeable ?? 1)} on it would be told from them four times of five.`;
  if (accuracy.low > 0.5) return `It agrees with its target more often than a coin. ${told}.`;
  return accuracy.high < 0.5 ? `It goes against its target more often than a coin. ${told}.` : `That it agrees with its target more often than a coin is not detectable at this n. ${told}.`;
}

function asRight({ heads = 0, as_right: as = 0 }: Luck): string {
  return `${as === 0 ? "and none" : `and ${count(as)}`} of ${count(heads)} heads that were taught tossed targets ${as === 1 ? "is" : "are"} as right`;
}

/** What luck is, for whoever has not met it. */
export function luckSentence({ mean = 0, low = 0, high = 0, trained_on: pairs = 0, heads = 0 }: Luck): string {
  return `Taught nothing: ${count(heads)} heads were fitted on the same encoder to the same ${count(pairs)} training pairs, with a coin for each prompt turning its targets around. They agree in ${percent(mean)} on average, and 95 % of them in ${percent(low)} to ${percent(high)}: that much comes without learning, whatever a coin would do.`;
}

/** What came of a comparison, as a word with the tone of its badge, and what it rests on. */
export interface Verdict {
  word: "better" | "worse" | "not detectable at this n" | "not known";
  tone: "is-good" | "is-bad" | "";
  note: string;
}

/** How a checkpoint stands to something else on the same pairs. */
export function verdictOf(gap: Gap | undefined): Verdict {
  if (!gap || gap.value === null || gap.noticeable === null) return { word: "not known", tone: "", note: "Too few prompts." };
  const by = `${gap.value > 0 ? "+" : ""}${points(gap.value)} [${decimal(100 * gap.low, 1)}, ${decimal(100 * gap.high, 1)}]`;
  if (!gap.detected) return { word: "not detectable at this n", tone: "", note: `${by}; ${noticed(gap.noticeable)}` };
  return gap.value > 0 ? { word: "better", tone: "is-good", note: by } : { word: "worse", tone: "is-bad", note: by };
}

/** How it stands to heads that were taught nothing, and to a coin that falls evenly. */
export function beyondLuck({ heads = 0, as_right: as = 0, noticeable = 1, detected = false }: Luck): Verdict {
  const note = `${count(as)} of ${count(heads)} are as right`;
  return detected ? { word: "better", tone: "is-good", note } : { word: "not detectable at this n", tone: "", note: `${note}; from ${percent(noticeable)} on it would be noticed four times of five.` };
}

/** How it stands to one half, which a coin comes to in the long run. */
export function beyondCoin({ value, low, high }: Evaluation["accuracy"]): Verdict {
  if (value === null) return { word: "not known", tone: "", note: "Nothing was judged." };
  const note = `50 % lies ${low <= 0.5 && high >= 0.5 ? "within" : "outside"} its interval`;
  return low > 0.5 ? { word: "better", tone: "is-good", note } : high < 0.5 ? { word: "worse", tone: "is-bad", note } : { word: "not detectable at this n", tone: "", note };
}

/** Whether a policy would rather write what its target prefers than before: one measure, before and after. */
export function writesSentence({ before, after, gap }: Writes): string {
  if (gap.value === null || before.value === null || after.value === null) return "Too few prompts are held out to lay what it would write beside what it would have written.";
  const told = `By which response it would rather write, it sided with the target in ${percent(before.value)} before training and does in ${percent(after.value)} now.`;
  if (!gap.detected) return `${told} ${unseen("A change by training", gap)}`;
  return `${told} Training moved it ${gap.value > 0 ? "towards" : "away from"} its target, by ${points(Math.abs(gap.value))} (${reach(gap)}).`;
}

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
export function controlSentence({ set, model, base, change, n, model_by: like, base_by: other }: Control): string {
  if (model.value === null || base.value === null || change.value === null) return "None of the control pairs could be read, so nothing is known of a drop.";
  const told = `On ${count(n)} control pairs (${set}) it is right in ${decimal(100 * model.value, 0)} %, its base in ${decimal(100 * base.value, 0)} %.`;
  if (!change.detected) return `${told} ${unseen("A drop", change)}`;
  const by = `by ${points(Math.abs(change.value))} (${reach(change)})`;
  const word = change.value < 0 ? "worse" : "better";
  return like === other ? `${told} Training made it ${word} there, ${by}.` : `${told} It does ${word} there than its base, ${by}; the two judge by different measures, so that this is not training’s doing alone.`;
}

/** How far its sureness is from how often it is right. */
export function calibrationSentence({ error, brier, n }: Calibration): string {
  if (error === null || brier === null) return "Nothing was judged, so nothing is known of its calibration.";
  return `How sure it is and how often it is right lie ${points(error)} apart on average (expected calibration error, n = ${count(n)}); Brier score ${decimal(brier)}.`;
}
