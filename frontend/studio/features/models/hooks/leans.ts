/** What an example of a data set leans on: what its record names, in words. */
import { count } from "@/lib/numbers";
import type { Schema } from "@/studio/lib/schema";

/** What somebody said of a comparison. */
export type Verdict = Schema<"VerdictOutput">;

interface Leans {
  comparison?: string;
  verdicts: readonly number[];
  consents: number;
  values: readonly number[];
  snapshot?: number;
}

const numbers = (given: unknown): number[] => (Array.isArray(given) ? given.filter((one): one is number => typeof one === "number") : []);

/** What an example's record names; data sets of before name fewer. */
export function leansOn({ comparison, verdicts, consents, values, snapshot, rule }: Readonly<Record<string, unknown>>): Leans {
  return {
    comparison: typeof comparison === "string" ? comparison : undefined,
    verdicts: numbers(verdicts),
    consents: typeof consents === "number" ? consents : 0,
    // The share of people's verdicts leans on no value, though earlier data sets name some beside it.
    values: rule === "verdicts" ? [] : numbers(values),
    snapshot: typeof snapshot === "number" ? snapshot : undefined,
  };
}

/** A sentence on it; empty where nothing is known. */
export function leansText({ verdicts, consents, values }: Leans): string {
  const parts = [
    verdicts.length > 0 && (verdicts.length === 1 ? "1 verdict" : `${count(verdicts.length)} verdicts`),
    values.length > 0 && (values.length === 1 ? "1 value" : `${count(values.length)} values`),
    consents > 0 && `the votes of ${consents === 1 ? "1 person who" : `${count(consents)} people who`} agreed to training`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return "";
  const last = parts[parts.length - 1] ?? "";
  return `Leans on ${parts.length === 1 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`}.`;
}

/** Somebody with all that they said of a comparison, overall first. */
export interface Speaker {
  name: string;
  left: boolean;
  said: readonly Verdict[];
}

/** Who said it, each with what they said. */
export function speakersOf(verdicts: readonly Verdict[]): Speaker[] {
  const names = [...new Set(verdicts.map(({ annotator }) => annotator))];
  return names.map((name) => {
    const own = verdicts.filter(({ annotator }) => annotator === name);
    return { name, left: own.some(({ left }) => left), said: [...own.filter(({ principle }) => principle === null), ...own.filter(({ principle }) => principle !== null)] };
  });
}

/** What is to be known of people who are not here any more, of verdicts that were changed, and of those not shown. */
export function lostText(asked: number, verdicts: readonly Verdict[]): string {
  const changed = verdicts.filter(({ stands }) => !stands).length;
  const missing = asked - verdicts.length;
  return [
    changed > 0 && `${changed === 1 ? "1 verdict was" : `${count(changed)} verdicts were`} changed or taken back since; the data set keeps what was said then.`,
    missing > 0 && `${missing === 1 ? "1 verdict is" : `${count(missing)} verdicts are`} not shown here; the data set still counts ${missing === 1 ? "it" : "them"}.`,
  ].filter(Boolean).join(" ");
}
