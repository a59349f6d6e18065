/** What is stored, in words: reasons not to answer, causes of disagreements, answers as they were seen. */
import { ANSWERS } from "@/studio/lib/answers";
import type { Decision, Order, Probe, Verdict, WhyNot } from "../api/types";
import { seen } from "./sides";

/** Why somebody could not tell, or put a pair aside. */
export const WHY_NOT: Readonly<Record<WhyNot, string>> = {
  not_enough_context: "not enough context", principles_clash: "principles clash", outside_experience: "outside my experience", too_distressing: "too distressing",
};

/** What a pair with a known answer is for. */
export const PROBE_KINDS: Readonly<Record<Probe["kind"], string>> = { practice: "Practice", gold: "Gold", attention: "Attention" };

/** Why people disagree. */
export const CAUSES: Readonly<Record<Decision["cause"], string>> = {
  one_is_wrong: "One of them is wrong", both_defensible: "Both can be defended", guideline_gap: "The guideline has a gap", not_enough_context: "Not enough context", slip: "A slip of the hand",
};

const SIDES: Readonly<Record<string, string>> = { left: "left", right: "right" };

/** An answer as the person saw it, left or right. */
export function answerSeen(answer: Verdict["answer"], order: Order): string {
  return SIDES[seen(answer, order) ?? ""] ?? ANSWERS[answer];
}

/** What one said overall, and why one could not. */
export function saidInWords({ overall, order, why }: { overall: Verdict["answer"]; order: Order; why: WhyNot | "" }): string {
  if (why === "") return answerSeen(overall, order);
  return why === "too_distressing" ? "put aside" : `cannot tell: ${WHY_NOT[why]}`;
}
