import { describe, expect, it } from "vitest";
import { blankJudgement, isComplete, judge, type Judgement, OVERALL, sideGoneAgainst, stepForKey, wantsReason } from "./judgement";

function press(judgement: Judgement, ...keys: string[]): Judgement {
  return keys.reduce((before, key) => {
    const step = stepForKey(before, key);
    return step ? judge(before, step) : before;
  }, judgement);
}

const twoPrinciples = blankJudgement(["care", "honesty"]);

describe("a judgement by keyboard", () => {
  it("answers each row in turn and ends at the overall row", () => {
    const done = press(twoPrinciples, "1", "n", "2");

    expect(done.answers).toEqual({ care: "left", honesty: "not_applicable", [OVERALL]: "right" });
    expect(done.rows[done.active]).toBe(OVERALL);
    expect(isComplete(done)).toBe(true);
  });

  it("never answers by an arrow key", () => {
    const moved = press(twoPrinciples, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp");

    expect(moved.answers).toEqual({});
    expect(moved.rows[moved.active]).toBe("honesty");
  });

  it("takes 0 and 3 as a tie, and capital letters like small ones", () => {
    expect(press(twoPrinciples, "0").answers.care).toBe("tie");
    expect(press(twoPrinciples, "3").answers.care).toBe("tie");
    expect(press(twoPrinciples, "N").answers.care).toBe("not_applicable");
  });

  it("keeps both bad and skip for the overall row, and does not apply for principles", () => {
    expect(press(twoPrinciples, "b", "s").answers).toEqual({});
    expect(press(blankJudgement([]), "n").answers).toEqual({});
    expect(press(blankJudgement([]), "b").answers).toEqual({ [OVERALL]: "both_bad" });
  });

  it("changes an answer when the row is visited again", () => {
    const changed = press(twoPrinciples, "1", "ArrowUp", "2");

    expect(changed.answers.care).toBe("right");
  });

  it("is complete with the overall row alone", () => {
    expect(isComplete(press(twoPrinciples, "1", "2"))).toBe(false);
    expect(isComplete(press(twoPrinciples, "ArrowDown", "ArrowDown", "1"))).toBe(true);
  });
});

describe("asking for a reason", () => {
  it("asks when the overall choice goes against all principles that took a side", () => {
    const against = press(twoPrinciples, "1", "0", "2");

    expect(sideGoneAgainst(against)).toBe("left");
    expect(wantsReason(against)).toBe(true);
  });

  it("does not ask where principles conflict, are indifferent, or agree with the choice", () => {
    expect(wantsReason(press(twoPrinciples, "1", "2", "2"))).toBe(false);
    expect(wantsReason(press(twoPrinciples, "0", "n", "2"))).toBe(false);
    expect(wantsReason(press(twoPrinciples, "2", "2", "2"))).toBe(false);
    expect(wantsReason(press(twoPrinciples, "1", "1", "s"))).toBe(false);
  });

  it("asks until a reason is given", () => {
    const against = press(twoPrinciples, "1", "1", "2");

    expect(wantsReason(judge(against, { type: "ask" }))).toBe(true);
    expect(wantsReason(judge(against, { type: "reason", text: "  " }))).toBe(true);
    expect(wantsReason(judge(against, { type: "reason", text: "It names a doctor." }))).toBe(false);
  });

  it("asks why one cannot tell in a row of its own, and forgets it with the answer", () => {
    const asked = press(blankJudgement([]), "c");
    expect(asked.rows[asked.active]).toBe("why");
    expect(isComplete(asked)).toBe(false);

    const told = press(asked, "3");
    expect(told.answers.why).toBe("outside_experience");
    expect(isComplete(told)).toBe(true);

    const changed = press(told, "ArrowUp", "1");
    expect(changed.rows).toEqual([OVERALL]);
    expect(isComplete(changed)).toBe(true);
  });

  it("offers only the answers that are asked for, and asks for every reason where that is wanted", () => {
    const strict = blankJudgement(["care"], { overall: [], by_principle: [], reasons: "always" });

    expect(press(strict, "0", "n").answers).toEqual({});
    const done = press(strict, "1", "1");
    expect(wantsReason(done)).toBe(true);
    expect(wantsReason(judge(done, { type: "reason", text: "Warmer." }))).toBe(false);
  });
});
