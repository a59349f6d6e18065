/** Between what is on the screen (left, right) and what is stored (A, B): the server chose which side is which. */
import type { JudgementInput, NextItem, Order, UndoneItem } from "../api/types";
import { newActId } from "./act-id";
import { type Answer, type Judgement, openedJudgement, OVERALL, type OverallAnswer, type PrincipleAnswer, WHY, type WhyAnswer } from "./judgement";

type Stored<A extends Answer> = Exclude<A, "left" | "right"> | "a" | "b";
type Kept = UndoneItem["overall"];

/** An item with a comparison in it. */
export type Item = NextItem & { comparison: string };

function stored<A extends Answer>(answer: A, order: Order): Stored<A> {
  const isLeft = answer === "left";
  if (isLeft || answer === "right") return isLeft === (order === "ab") ? "a" : "b";
  return answer as Stored<A>;
}

/** A stored answer as it stands on the screen. */
export function seen(answer: Kept, order: Order): Answer | undefined {
  if (answer === "a" || answer === "b") return (answer === "a") === (order === "ab") ? "left" : "right";
  return answer === "unparsable" || answer === "order_decided" ? undefined : answer;
}

function envelope({ comparison, order, guideline, protocol }: Item, seconds: number | null): Omit<JudgementInput, "overall"> {
  return { act: newActId(), comparison, order, guideline, protocol, seconds, reason: "", why: "", principles: [] };
}

/** What is sent for a judgement of an item. */
export function judgementInput(item: Item, judgement: Judgement, seconds: number | null = null): JudgementInput {
  const { order, principles } = item;
  return {
    ...envelope(item, seconds),
    overall: stored(judgement.answers[OVERALL] as OverallAnswer, order),
    principles: principles.flatMap(({ id }) => {
      const answer = judgement.answers[String(id)];
      return answer === undefined ? [] : [{ principle: id, answer: stored(answer as PrincipleAnswer, order) }];
    }),
    reason: judgement.reason.trim(),
    why: judgement.rows.includes(WHY) ? (judgement.answers[WHY] as WhyAnswer) : "",
  };
}

/** What is sent for a pair that is too distressing to judge. */
export function asideInput(item: Item): JudgementInput {
  return { ...envelope(item, null), overall: "skip", why: "too_distressing" };
}

/** A judgement that was given before, as it was on the screen. */
export function reopened(item: UndoneItem): Judgement {
  const said: [string, Kept][] = [...item.answers.map(({ principle, answer }): [string, Kept] => [String(principle), answer]), [OVERALL, item.overall]];
  const entries = said.flatMap(([row, kept]) => {
    const answer = seen(kept, item.order);
    return answer === undefined ? [] : [[row, answer] as const];
  });
  const why = item.why === "" || item.why === "too_distressing" ? [] : [[WHY, item.why] as const];
  return openedJudgement(item.principles.map(({ id }) => String(id)), { answers: Object.fromEntries([...entries, ...why]), reason: item.reason, terms: item.asked });
}
