/** How a checkpoint stands beside people, in sentences. */
import { count, decimal } from "@/lib/numbers";
import type { JoinedAudit } from "../api/types";
import { noticed } from "./evaluation";

type Standing = NonNullable<JoinedAudit["standing"]>;

const points = (share: number): string => `${decimal(100 * share, 1)} points`;

/** How often it goes against a consensus of principles, beside people on the same pairs. */
export function arbitrarySentence({ arbitrariness, of_people: people, more_arbitrary: gap, pairs }: Standing): string {
  if (arbitrariness.value === null) return `On none of the ${count(pairs)} pairs that it judged do the principles agree, so nothing can be said of its arbitrariness.`;
  const own = `It goes against the principles where they agree in ${decimal(100 * arbitrariness.value, 0)} % of ${count(arbitrariness.n)} pairs`;
  if (people.value === null || gap.value === null || gap.noticeable === null) return `${own}; too few of them were judged by people to lay theirs beside it.`;
  const theirs = `${own}, people together in ${decimal(100 * people.value, 0)} % of ${count(people.n)}`;
  const range = `[${points(gap.low)}, ${points(gap.high)}], n = ${count(gap.n)}`;
  if (!gap.detected) return `${theirs}. A difference is not detectable at this n (${range}): ${noticed(gap.noticeable)}`;
  return `${theirs}: it is ${gap.value > 0 ? "more" : "less"} arbitrary than they are, by ${points(Math.abs(gap.value))} (${range}).`;
}

/** Whether the rule and the card read these figures or older ones. */
export function recordedSentence(recorded: string, same: boolean): string {
  if (recorded === "") return "These are the figures of now. The rule and the model card read none of this audit.";
  return same ? `The rule and the model card read these figures, recorded on ${recorded}.` : `These are the figures of now. The rule and the model card read those recorded on ${recorded}, and people have judged since.`;
}

/** Whether its priorities can be told from the people's, by their own noise. */
export function discrepancySentence({ discrepancy: { value, floor, floor_p95: edge, n }, within_floor: within }: Standing): string {
  if (value === null) return "Too few principles clash on these pairs to say which it puts first.";
  const own = `The order of its priorities lies ${decimal(value)} from the people’s (0 the same, 0.5 unrelated, 1 reversed; ${count(n)} clashing pairs)`;
  if (floor === null || edge === null || within === null) return `${own}; the people’s own noise is not known.`;
  return within
    ? `${own}. That cannot be told from no difference: drawn again, the people lie ${decimal(floor)} from themselves on average, and up to ${decimal(edge)}.`
    : `${own}. That is more than their own noise: drawn again, they lie ${decimal(floor)} from themselves on average, and up to ${decimal(edge)}.`;
}

/** Whether it could stand in for one of the people, by what the others say. */
export function placeSentence({ people, person, checkpoint, gap }: Standing["in_ones_place"]): string {
  if (people === 0 || person.value === null || checkpoint.value === null || gap.value === null || gap.noticeable === null) return "How far people agree among themselves cannot be said: it takes two who judged the same pairs.";
  const both = `In the place of one of ${count(people)} people it says what the others say in ${decimal(100 * checkpoint.value, 0)} % of ${count(checkpoint.n)} judgements, that person in ${decimal(100 * person.value, 0)} %`;
  const range = `[${points(gap.low)}, ${points(gap.high)}], n = ${count(gap.n)}`;
  if (!gap.detected) return `${both}. A difference is not detectable at this n (${range}): ${noticed(gap.noticeable)}`;
  return `${both}: ${gap.value > 0 ? "oftener" : "less often"} than they do, by ${points(Math.abs(gap.value))} (${range}).`;
}
