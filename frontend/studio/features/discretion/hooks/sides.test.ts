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

  it("names each act and what it was judged under, and says why one cannot tell", () => {
    const inputs = [1, 2].map(() => judgementInput(nextItem({ principles, guideline: 3 }), judged("n", "n", "c", "2"), 4.2));

    expect(inputs[0]).toMatchObject({ overall: "cannot_tell", why: "principles_clash", guideline: 3, seconds: 4.2 });
    expect(inputs[0]?.act).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(inputs[0]?.act).not.toBe(inputs[1]?.act);
  });

  it("opens an undone judgement as it was seen", () => {
    const undone = { ...nextItem({ order: "ba", principles }), overall: "b" as const, answers: [{ principle: 7, answer: "a" as const }], reason: "Because.", why: "" as const };

    const { answers, reason } = reopened(undone);

    expect(answers).toEqual({ 7: "right", [OVERALL]: "left" });
    expect(reason).toBe("Because.");
  });
});
