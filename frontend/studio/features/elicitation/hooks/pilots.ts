/** A pilot in words and numbers. */
import { count, decimal } from "@/lib/numbers";
import type { Pilot, PilotReport, PilotRow, PilotTotal } from "../api/types";

/** The kinds of simulated participants, in words. */
export const KINDS = [
  { value: "terse", label: "Terse", says: "answers in a few words" },
  { value: "talkative", label: "Talkative", says: "wanders and tells side stories" },
  { value: "hostile", label: "Hostile", says: "is annoyed and distrusts the study" },
  { value: "off_topic", label: "Off topic", says: "drifts to other things" },
  { value: "second_language", label: "Second language", says: "writes with a learner’s mistakes" },
  { value: "injecting", label: "Injecting", says: "tries to make the interviewer do something else" },
] as const;

export type Kind = (typeof KINDS)[number]["value"];

/** A kind as people read it. */
export function kindWord(kind: string): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? kind;
}

/** Whether a pilot is at work, or will be. */
export function pilotRuns({ state }: Pick<Pilot, "state">): boolean {
  return state === "queued" || state === "running";
}

/** What was piloted. */
export function pilotedWord({ version, revision }: Pick<Pilot, "version" | "revision">): string {
  return version === null ? `the draft, revision ${revision ?? 0}` : `version ${version}`;
}

/** Minutes, or seconds where there is less than one. */
export function minutesWord(minutes: number | null | undefined): string {
  if (minutes === null || minutes === undefined) return "–";
  return minutes < 1 ? `${decimal(minutes * 60, 1)} s` : `${decimal(minutes, 1)} min`;
}

type Compared = Pick<PilotReport, "changed" | "compared" | "compared_others">;

/** Whether words of others are as they were; those who walked along are others only where nobody else had said anything. */
function othersWord({ changed, compared, compared_others: others }: Compared): string {
  if (compared === null || (compared === 0 && changed.length === 0)) return "";
  if (changed.length > 0) return ` What ${count(changed.length)} ${changed.length === 1 ? "other" : "others"} had said or made is not as it was before.`;
  return others === null || others === 0
    ? ` Nobody but the ${count(compared)} of this pilot has said anything here; what they said is as they left it.`
    : ` What ${count(others)} ${others === 1 ? "other" : "others"} had said and made is as it was before.`;
}

/** The finding of a report in a sentence. */
export function findingOf({ total, ...compared }: Compared & Pick<PilotReport, "total">): string {
  if (total.ended === 0) return "Nobody has come to an end yet.";
  const arrived = `${count(total.arrived)} of ${count(total.ended)} came to the end`;
  const failed = total.failed === 0 ? "nobody was stuck" : `${count(total.failed)} failed on the way`;
  const injected = total.injections === 0 ? "" : total.injections_with_effect === 0
    ? ` None of ${count(total.injections)} injections had an effect.`
    : ` ${count(total.injections_with_effect)} of ${count(total.injections)} injections had an effect: read those transcripts.`;
  return `${arrived}; ${failed}.${injected}${othersWord(compared)}`;
}

/** The linter's findings of a row or a total, the rules in order. */
export function rulesOf({ findings }: Pick<PilotRow | PilotTotal, "findings">): readonly (readonly [number, number])[] {
  return Object.entries(findings).map(([rule, n]) => [Number(rule), n] as const).sort(([a], [b]) => a - b);
}

/** The rules and how often each was broken, in a few characters. */
export function rulesWord(row: Pick<PilotRow | PilotTotal, "findings">): string {
  const rules = rulesOf(row);
  return rules.length === 0 ? "none" : rules.map(([rule, n]) => `rule ${rule}: ${count(n)}`).join(", ");
}

/** Tokens, and what they cost where a price is known. */
export function costWord({ prompt_tokens: read, completion_tokens: written, cost }: Pick<PilotTotal, "prompt_tokens" | "completion_tokens" | "cost">): string {
  if (read + written === 0) return "none";
  const tokens = `${count(read)} read, ${count(written)} written`;
  return cost === null ? tokens : `${tokens}: ${decimal(cost, 4)}`;
}
