import { describe, expect, it } from "vitest";
import { stepCounts, stepWord } from "./steps";

describe("steps of participants", () => {
  it("counts every step in the order of the journey, also where nobody is", () => {
    const counts = stepCounts({ done: 4, interview: 2 });

    expect(counts.map(({ step }) => step)).toEqual(["consent", "interview", "card", "votes", "result", "done", "withdrawn", "ineligible"]);
    expect(counts.map(({ n }) => n)).toEqual([0, 2, 0, 0, 0, 4, 0, 0]);
  });

  it("counts a step that not every study has once somebody stands at it", () => {
    expect(stepCounts({ survey: 1, wise: 0 }).map(({ step }) => step)).toContain("survey");
    expect(stepCounts({ survey: 1, wise: 0 }).map(({ step }) => step)).not.toContain("wise");
  });

  it("has a word for each and shows an unknown one as it is", () => {
    expect(stepWord("ineligible")).toBe("Under age");
    expect(stepWord("elsewhere")).toBe("elsewhere");
  });
});
