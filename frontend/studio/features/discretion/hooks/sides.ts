/** Between what is on the screen (left, right) and what is stored (A, B): the server chose which side is which. */
import type { JudgementInput, NextItem, Order, UndoneItem } from "../api/types";
import { type Answer, type Judgement, openedJudgement, OVERALL, type OverallAnswer, type PrincipleAnswer } from "./judgement";

type Stored<A extends Answer> = Exclude<A, "left" | "right"> | "a" | "b";
type Kept = UndoneItem["overall"];

function stored<A extends Answer>(answer: A, order: Order): Stored<A> {
  const isLeft = answer === "left";
  if (isLeft || answer === "right") return isLeft === (order === "ab") ? "a" : "b";
  return answer as Stored<A>;
}

function seen(answer: Kept, order: Order): Answer | undefined {
  if (answer === "a" || answer === "b") return (answer === "a") === (order === "ab") ? "left" : "right";
  return answer === "unparsable" ? undefined : answer;
}

/** What is sent for a judgement of an item. */
export function judgementInput(item: NextItem & { comparison: string }, judgement: Judgement): JudgementInput {
  const { comparison, order, principles } = item;
  return {
    comparison,
    order,
    overall: stored(judgement.answers[OVERALL] as OverallAnswer, order),
    principles: principles.flatMap(({ id }) => {
      const answer = judgement.answers[String(id)];
      return answer === undefined ? [] : [{ principle: id, answer: stored(answer as PrincipleAnswer, order) }];
    }),
    reason: judgement.reason.trim(),
  };
}

/** The judgement that was undone, as it was on the screen. */
export function reopened(item: UndoneItem): Judgement {
  const said: [string, Kept][] = [...item.answers.map(({ principle, answer }): [string, Kept] => [String(principle), answer]), [OVERALL, item.overall]];
  const answers = Object.fromEntries(said.flatMap(([row, kept]) => {
    const answer = seen(kept, item.order);
    return answer === undefined ? [] : [[row, answer] as const];
  }));
  return openedJudgement(item.principles.map(({ id }) => String(id)), answers, item.reason);
}
