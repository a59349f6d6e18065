/** One judgement in the making: which row is active and what was said so far. Pure, so that every key can be tested. */
import type { Terms, WhyNot } from "../api/types";

/** What can be said of one principle. */
export type PrincipleAnswer = "left" | "right" | "tie" | "not_applicable";
/** What can be said of the whole. */
export type OverallAnswer = "left" | "right" | "tie" | "both_bad" | "cannot_tell" | "skip";
/** Why somebody cannot tell. */
export type WhyAnswer = Exclude<WhyNot, "too_distressing">;
/** Any of them. */
export type Answer = PrincipleAnswer | OverallAnswer | WhyAnswer;

/** The name of the overall row. */
export const OVERALL = "overall";
/** The name of the row that asks why one cannot tell; it is there only then. */
export const WHY = "why";

/** What an audit asks that nobody wrote a protocol for. */
export const USUAL_TERMS: Terms = { overall: ["tie", "both_bad", "cannot_tell", "skip"], by_principle: ["tie", "not_applicable"], reasons: "against" };

/** The judgement of one comparison so far. */
export interface Judgement {
  /** Rows from top to bottom: principles by id, the overall row, and at times why one cannot tell. */
  rows: readonly string[];
  active: number;
  /** The row that was answered last. */
  last?: number;
  answers: Readonly<Record<string, Answer>>;
  reason: string;
  /** The person was asked for a reason. */
  asked: boolean;
  /** Which answers there are, and when a reason is asked. */
  terms: Terms;
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

const SIDES: readonly Choice[] = [
  { key: "1", answer: "left", label: "Left" },
  { key: "2", answer: "right", label: "Right" },
];
const OF_PRINCIPLES: readonly Choice[] = [
  { key: "0", answer: "tie", label: "Tie" },
  { key: "n", answer: "not_applicable", label: "Does not apply" },
];
const OF_THE_WHOLE: readonly Choice[] = [
  { key: "0", answer: "tie", label: "Tie" },
  { key: "b", answer: "both_bad", label: "Both bad" },
  { key: "c", answer: "cannot_tell", label: "Cannot tell" },
  { key: "s", answer: "skip", label: "Skip" },
];
const REASONS_NOT_TO: readonly Choice[] = [
  { key: "1", answer: "not_enough_context", label: "Not enough context" },
  { key: "2", answer: "principles_clash", label: "Principles clash" },
  { key: "3", answer: "outside_experience", label: "Outside my experience" },
];

/** An untouched judgement over these principles. */
export function blankJudgement(principles: readonly string[], terms: Terms = USUAL_TERMS): Judgement {
  return { rows: [...principles, OVERALL], active: 0, answers: {}, reason: "", asked: false, terms };
}

/** The judgement that was given before, opened again. */
export function openedJudgement(
  principles: readonly string[],
  { answers, reason, terms = USUAL_TERMS }: { answers: Readonly<Record<string, Answer>>; reason: string; terms?: Terms },
): Judgement {
  return withWhy({ ...blankJudgement(principles, terms), answers, reason, asked: reason !== "", active: principles.length });
}

/** The choices of a row. */
export function choicesOf(row: string, terms: Terms): readonly Choice[] {
  if (row === WHY) return REASONS_NOT_TO;
  const [offered, choices]: [readonly string[], readonly Choice[]] = row === OVERALL ? [terms.overall, OF_THE_WHOLE] : [terms.by_principle, OF_PRINCIPLES];
  return [...SIDES, ...choices.filter(({ answer }) => offered.includes(answer))];
}

function clamp(judgement: Judgement, row: number): number {
  return Math.max(0, Math.min(judgement.rows.length - 1, row));
}

/** The row that asks why comes and goes with the answer that needs it. */
function withWhy(judgement: Judgement): Judgement {
  const others = judgement.rows.filter((row) => row !== WHY);
  return { ...judgement, rows: judgement.answers[OVERALL] === "cannot_tell" ? [...others, WHY] : others };
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
      if (row === undefined || !choicesOf(row, judgement.terms).some(({ answer }) => answer === step.answer)) return judgement;
      const answered = withWhy({ ...judgement, answers: { ...judgement.answers, [row]: step.answer } });
      return { ...answered, last: step.row, active: clamp(answered, step.row + 1) };
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
  if (row === undefined) return undefined;
  const wanted = key === "3" && row !== WHY ? "0" : key.toLowerCase();
  const choice = choicesOf(row, judgement.terms).find((candidate) => candidate.key === wanted);
  return choice && { type: "answer", row: judgement.active, answer: choice.answer };
}

/** Whether it can be sent: the overall row is what a judgement needs, and why where one cannot tell. */
export function isComplete(judgement: Judgement): boolean {
  return judgement.answers[OVERALL] !== undefined && (!judgement.rows.includes(WHY) || judgement.answers[WHY] !== undefined);
}

/** Whether nothing was said yet. */
export function isBlank({ answers, reason }: Judgement): boolean {
  return Object.keys(answers).length === 0 && reason === "";
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
  const always = judgement.terms.reasons === "always" && judgement.answers[OVERALL] !== "skip";
  return (always || sideGoneAgainst(judgement) !== undefined) && judgement.reason.trim() === "";
}
