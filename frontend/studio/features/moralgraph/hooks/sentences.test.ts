import { describe, expect, it } from "vitest";
import { graphEdge, graphNode } from "../testing/graphs";
import { edgeSentence, ordinal, rankText, ranked, valueSentence } from "./sentences";

describe("the graph in words", () => {
  it("counts like people do", () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102].map(ordinal)).toEqual(["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd"]);
  });

  it("says a range of ranks only where there is one", () => {
    expect(rankText({ rank: 2, rank_low: 2, rank_high: 2 })).toBe("2nd");
    expect(rankText({ rank: 2, rank_low: 1, rank_high: 4 })).toBe("between 1st and 4th");
    expect(rankText({ rank: 3, rank_low: null, rank_high: null })).toBe("3rd");
  });

  it("tells a value's place, its certainty and its n", () => {
    const node = graphNode({ title: "Honest hope", rank_low: 1, rank_high: 3, p_top: 0.62, n: 48 });

    expect(valueSentence(node, 12)).toBe("Honest hope stands between 1st and 3rd of 12; it is the wisest in 62 of 100 resamples of the people (n = 48).");
  });

  it("says no certainty where the rule knows none", () => {
    const node = graphNode({ title: "Honest hope", rank: 2, rank_low: null, rank_high: null, p_top: null, n: 48 });

    expect(valueSentence(node, 12)).toBe("Honest hope stands 2nd of 12 (n = 48).");
  });

  it("tells every kind of answer that was given, and no other", () => {
    const edge = graphEdge({ counts: { wiser: 7, not_wiser: 2, unsure: 0, same: 1, not_about: 0 }, n: 10 });

    expect(edgeSentence(edge, "Haste", "Patience")).toBe("7 of 10 answers found Patience wiser than Haste (2 said not wiser, 1 the same).");
  });

  it("speaks of people where one answer is one person, and of answers elsewhere", () => {
    const counts = { wiser: 23, not_wiser: 4, unsure: 0, same: 0, not_about: 0 };

    expect(edgeSentence(graphEdge({ counts, n: 27, both_ways: false }), "A", "B", "When in doubt")).toBe("In “When in doubt”, 23 of 27 people found B wiser than A (4 said not wiser).");
    expect(edgeSentence(graphEdge({ counts, n: 27, both_ways: true }), "A", "B", "When in doubt")).toContain("23 of 27 answers");
  });

  it("lists from the wisest down", () => {
    expect(ranked([graphNode({ id: 1, score: -1 }), graphNode({ id: 2, score: 2 })]).map(({ id }) => id)).toEqual([2, 1]);
  });
});
