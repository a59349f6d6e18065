/** One judgement in the making: which row is active and what was said so far. Pure, so that every key can be tested. */

/** What can be said of one principle. */
export type PrincipleAnswer = "left" | "right" | "tie" | "not_applicable";
/** What can be said of the whole. */
export type OverallAnswer = "left" | "right" | "tie" | "both_bad" | "skip";
/** Either. */
export type Answer = PrincipleAnswer | OverallAnswer;

/** The name of the last row. */
export const OVERALL = "overall";

/** The judgement of one comparison so far. */
export interface Judgement {
  /** Rows from top to bottom: principles by id, the overall row last. */
  rows: readonly string[];
  active: number;
  answers: Readonly<Record<string, Answer>>;
  reason: string;
  /** The person was asked for a reason. */
  asked: boolean;
}

/** What a key stands for. */
export type Step =
  | { type: "move"; by: 1 | -1 }
  | { type: "go"; row: number }
  | { type: "answer"; row: number; answer: Answer }
  | { type: "reason"; text: string }
  | { type: "ask" };

/** A button or key of a row. */
export interface Choice {
  key: string;
  answer: Answer;
  label: string;
}

const SHARED_CHOICES = [
  { key: "1", answer: "left", label: "Left" },
  { key: "2", answer: "right", label: "Right" },
  { key: "0", answer: "tie", label: "Tie" },
] as const satisfies readonly Choice[];

/** The choices of a principle's row. */
export const PRINCIPLE_CHOICES: readonly Choice[] = [
  ...SHARED_CHOICES,
  { key: "n", answer: "not_applicable", label: "Does not apply" },
];
/** The choices of the overall row. */
export const OVERALL_CHOICES: readonly Choice[] = [
  ...SHARED_CHOICES,
  { key: "b", answer: "both_bad", label: "Both bad" },
  { key: "s", answer: "skip", label: "Skip" },
];

/** An untouched judgement over these principles. */
export function blankJudgement(principles: readonly string[]): Judgement {
  return { rows: [...principles, OVERALL], active: 0, answers: {}, reason: "", asked: false };
}

/** The judgement that was given before, opened again. */
export function openedJudgement(principles: readonly string[], answers: Readonly<Record<string, Answer>>, reason: string): Judgement {
  return { ...blankJudgement(principles), answers, reason, active: principles.length };
}

/** The choices of a row. */
export function choicesOf(row: string): readonly Choice[] {
  return row === OVERALL ? OVERALL_CHOICES : PRINCIPLE_CHOICES;
}

function clamp(judgement: Judgement, row: number): number {
  return Math.max(0, Math.min(judgement.rows.length - 1, row));
}

/** The judgement after a step. An answer moves on to the next row; moving never answers. */
export function judge(judgement: Judgement, step: Step): Judgement {
  switch (step.type) {
    case "move":
      return { ...judgement, active: clamp(judgement, judgement.active + step.by) };
    case "go":
      return { ...judgement, active: clamp(judgement, step.row) };
    case "answer": {
      const row = judgement.rows[step.row];
      if (row === undefined || !choicesOf(row).some(({ answer }) => answer === step.answer)) return judgement;
      return { ...judgement, answers: { ...judgement.answers, [row]: step.answer }, active: clamp(judgement, step.row + 1) };
    }
    case "reason":
      return { ...judgement, reason: step.text };
    case "ask":
      return { ...judgement, asked: true };
  }
}

/** What a key does in the active row, or nothing. */
export function stepForKey(judgement: Judgement, key: string): Step | undefined {
  if (key === "ArrowDown") return { type: "move", by: 1 };
  if (key === "ArrowUp") return { type: "move", by: -1 };
  const row = judgement.rows[judgement.active];
  const wanted = key === "3" ? "0" : key.toLowerCase();
  const choice = row === undefined ? undefined : choicesOf(row).find((candidate) => candidate.key === wanted);
  return choice && { type: "answer", row: judgement.active, answer: choice.answer };
}

/** Whether it can be sent: the overall row is what a judgement needs. */
export function isComplete(judgement: Judgement): boolean {
  return judgement.answers[OVERALL] !== undefined;
}

/** The side that every principle with a side favours, if the overall choice goes against it. */
export function sideGoneAgainst(judgement: Judgement): "left" | "right" | undefined {
  const overall = judgement.answers[OVERALL];
  if (overall !== "left" && overall !== "right") return undefined;
  const sides = new Set(
    judgement.rows
      .filter((row) => row !== OVERALL)
      .map((row) => judgement.answers[row])
      .filter((answer) => answer === "left" || answer === "right"),
  );
  const [only] = sides;
  return sides.size === 1 && only !== undefined && only !== overall ? only : undefined;
}

/** Whether a reason has to be given before sending: the server takes no such judgement without one. */
export function wantsReason(judgement: Judgement): boolean {
  return sideGoneAgainst(judgement) !== undefined && judgement.reason.trim() === "";
}
