/** The rubric as a researcher answers it, and whether that is enough to decide on. */
export type RubricAnswer = "yes" | "no";
export type RubricAnswers = Readonly<Record<string, RubricAnswer>>;
export const PARTS = ["1", "2", "3", "4", "5"] as const;

/** All five parts hold. */
export const ALL_HOLD: RubricAnswers = Object.fromEntries(PARTS.map((part) => [part, "yes" as const]));

/** Answer a part; the same answer again takes it back. */
export function answered(answers: RubricAnswers, part: string, answer: RubricAnswer): RubricAnswers {
  const { [part]: before, ...others } = answers;
  return before === answer ? others : { ...others, [part]: answer };
}

/** What a key of a part does: no, then yes, then open again. */
export function turned(answers: RubricAnswers, part: string): RubricAnswers {
  const before = answers[part];
  if (before === "yes") return answered(answers, part, "yes");
  return answered(answers, part, before === "no" ? "yes" : "no");
}

/** What the rubric speaks for: all parts for putting together, one of them for keeping apart. */
export function speaksFor(answers: RubricAnswers): "merged" | "apart" | undefined {
  const given = Object.values(answers);
  if (given.includes("no")) return "apart";
  return given.length === PARTS.length ? "merged" : undefined;
}

/** What is missing before a decision; undefined where nothing is. */
export function missing(decision: "merged" | "apart", answers: RubricAnswers, reason: string): string | undefined {
  if (reason.trim() !== "" || speaksFor(answers) === decision) return undefined;
  return decision === "merged"
    ? "Say first that all five parts hold (Y), or write a reason (M)."
    : "Say first which part does not hold (1 to 5), or write a reason (M).";
}
