/** The steps of a participant in their order, in words. */

const STEPS: readonly (readonly [string, string])[] = [
  ["consent", "Consent"],
  ["interview", "Interview"],
  ["card", "Card"],
  ["votes", "Votes"],
  ["result", "Result"],
  ["done", "Done"],
  ["withdrawn", "Withdrawn"],
  ["ineligible", "Not eligible"],
];

/** A step as people read it. */
export function stepWord(step: string): string {
  return STEPS.find(([name]) => name === step)?.[1] ?? step;
}

/** Counts in the order of the steps; steps that the server does not name count nothing. */
export function stepCounts(counts: Readonly<Record<string, number>>): { step: string; label: string; n: number }[] {
  return STEPS.map(([step, label]) => ({ step, label, n: counts[step] ?? 0 }));
}
