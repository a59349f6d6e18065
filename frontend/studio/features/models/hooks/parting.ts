/** Where two checkpoints part, in sentences. */
import { count, decimal, interval } from "@/lib/numbers";
import type { Parting } from "../api/counterfactuals";
import { noticed } from "./evaluation";

const percent = (share: number): string => `${decimal(100 * share, 0)} %`;
const points = (share: number): string => `${decimal(100 * share, 1)} points`;

/** How far the two agree. */
export function agreementSentence({ agreement, kappa, n }: Parting): string {
  if (agreement.value === null) return "No held-out comparison could be read by both checkpoints, so nothing can be said.";
  const told = `The two checkpoints judge ${percent(agreement.value)} of ${count(n)} held-out comparisons alike`;
  if (kappa.value === null) return `${told}; kappa is not defined, because there is too little to compare or both say the same throughout.`;
  return `${told} (kappa ${decimal(kappa.value)} ${interval(kappa)}; 1 alike, 0 as chance would have it).`;
}

/** Whether that is more than another seed does. */
export function floorSentence({ floor }: Parting): string {
  if (floor === null) return "The first recipe was not repeated under another seed, so what chance alone parts is not known.";
  const { agreement, beyond } = floor;
  if (agreement.value === null || beyond.value === null || beyond.noticeable === null) return "Too few comparisons are held out to say what another seed alone would part.";
  const told = `Under another seed the first recipe agrees with itself in ${percent(agreement.value)}.`;
  const range = `[${points(beyond.low)}, ${points(beyond.high)}], ${count(beyond.n)} comparisons of ${count(beyond.groups)} prompts`;
  if (!beyond.detected) return `${told} That the targets part more than a seed does is not detectable at this n (${range}): ${noticed(beyond.noticeable)}`;
  return `${told} The two targets part ${beyond.value > 0 ? "more" : "less"} than that, by ${points(Math.abs(beyond.value))} (${range}).`;
}

/** Whether the checkpoints part where their targets do. */
export function targetsSentence({ targets_part: apart, targets_agree: alike }: Parting): string {
  const where = apart.parts.value === null ? "The targets part nowhere on these comparisons." : `Where the targets part (${count(apart.parts.n)}), the checkpoints part in ${percent(apart.parts.value)}.`;
  const elsewhere = alike.parts.value === null ? "The targets agree nowhere." : `Where the targets agree (${count(alike.parts.n)}), in ${percent(alike.parts.value)}.`;
  return `${where} ${elsewhere}`;
}

/** What a judgement or a target says of a pair. */
export function sideOf(says: number | undefined): string {
  return says === undefined || says === 0 ? "neither" : says > 0 ? "A" : "B";
}
