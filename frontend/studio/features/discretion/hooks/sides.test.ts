import { describe, expect, it } from "vitest";
import { nextItem } from "../testing/items";
import { blankJudgement, judge, OVERALL, stepForKey } from "./judgement";
import { judgementInput, reopened } from "./sides";

const principles = [{ id: 7, title: "Care", statement: "" }, { id: 9, title: "Honesty", statement: "" }];

function judged(...keys: string[]) {
  return keys.reduce((before, key) => {
    const step = stepForKey(before, key);
    return step ? judge(before, step) : before;
  }, blankJudgement(["7", "9"]));
}

describe("sides of the screen", () => {
  it("stores left as A where A stands on the left", () => {
    const input = judgementInput(nextItem({ order: "ab", principles }), judged("1", "n", "2"));

    expect(input.principles).toEqual([{ principle: 7, answer: "a" }, { principle: 9, answer: "not_applicable" }]);
    expect(input.overall).toBe("b");
  });

  it("stores left as B where the sides are swapped", () => {
    const input = judgementInput(nextItem({ order: "ba", principles }), judged("1", "0", "2"));

    expect(input.principles).toEqual([{ principle: 7, answer: "b" }, { principle: 9, answer: "tie" }]);
    expect(input.overall).toBe("a");
  });

  it("leaves out principles that nobody judged", () => {
    expect(judgementInput(nextItem({ principles }), judged("ArrowDown", "ArrowDown", "b")).principles).toEqual([]);
  });

  it("opens an undone judgement as it was seen", () => {
    const undone = { ...nextItem({ order: "ba", principles }), overall: "b" as const, answers: [{ principle: 7, answer: "a" as const }], reason: "Because." };

    const { answers, reason } = reopened(undone);

    expect(answers).toEqual({ 7: "right", [OVERALL]: "left" });
    expect(reason).toBe("Because.");
  });
});
