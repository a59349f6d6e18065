/** The steps of a participant in their order, in words. */

const STEPS: readonly (readonly [string, string])[] = [
  ["consent", "Consent"],
  ["about", "About you"],
  ["question", "Question"],
  ["interview", "Interview"],
  ["card", "Card"],
  ["wise", "Wise values"],
  ["votes", "Votes"],
  ["survey", "Survey"],
  ["result", "Result"],
  ["done", "Done"],
  ["withdrawn", "Withdrawn"],
  ["ineligible", "Under age"],
  ["screened_out", "Screened out"],
  ["over_quota", "Over quota"],
  ["failed", "Failed"],
];

/** A step as people read it. */
export function stepWord(step: string): string {
  return STEPS.find(([name]) => name === step)?.[1] ?? step;
}

const NOT_IN_EVERY_STUDY = new Set(["about", "question", "wise", "survey", "screened_out", "over_quota", "failed"]);

/** Counts in the order of the steps; a step that not every study has is there once somebody stands at it. */
export function stepCounts(counts: Readonly<Record<string, number>>): { step: string; label: string; n: number }[] {
  return STEPS.map(([step, label]) => ({ step, label, n: counts[step] ?? 0 }))
    .filter(({ step, n }) => n > 0 || !NOT_IN_EVERY_STUDY.has(step));
}
