/** What an example of a data set leans on, in words. */
import { count } from "@/lib/numbers";

interface Leans {
  verdicts: number;
  consents: number;
  values: readonly number[];
}

/** The counts and the values that an example's record names; data sets of before name fewer. */
export function leansOn(source: Readonly<Record<string, unknown>>): Leans {
  const { verdicts, consents, values } = source;
  return {
    verdicts: Array.isArray(verdicts) ? verdicts.length : 0,
    consents: typeof consents === "number" ? consents : 0,
    values: Array.isArray(values) ? values.filter((value): value is number => typeof value === "number") : [],
  };
}

/** A sentence on it; empty where nothing is known. */
export function leansText({ verdicts, consents, values }: Leans): string {
  const parts = [
    verdicts > 0 && (verdicts === 1 ? "1 verdict" : `${count(verdicts)} verdicts`),
    values.length > 0 && (values.length === 1 ? "1 value" : `${count(values.length)} values`),
    consents > 0 && `the votes of ${consents === 1 ? "1 person who" : `${count(consents)} people who`} agreed to training`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return "";
  const last = parts[parts.length - 1] ?? "";
  return `Leans on ${parts.length === 1 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`}.`;
}
