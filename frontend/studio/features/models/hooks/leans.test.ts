import { describe, expect, it } from "vitest";
import { leansOn, leansText, lostText, speakersOf, type Verdict } from "./leans";

const verdict = (given: Partial<Verdict>): Verdict => ({
  id: 1, at: "2026-11-20T10:00:00Z", stands: true, left: false, annotator: "Reader", kind: "person", principle: null, answer: "a", order: "ab", confidence: null, swapped: "", reason: "", why: "", against_own: false, outdated: false, ...given,
});

describe("what an example leans on", () => {
  it("is said with how many people's consents", () => {
    expect(leansText(leansOn({ verdicts: [4, 7], values: [3], consents: 15 }))).toBe("Leans on 2 verdicts, 1 value and the votes of 15 people who agreed to training.");
    expect(leansText(leansOn({ verdicts: [4], values: [], consents: 0 }))).toBe("Leans on 1 verdict.");
  });

  it("is not said where a record names nothing", () => {
    expect(leansText(leansOn({ comparison: "one" }))).toBe("");
  });

  it("is no value where the target is the share of people's verdicts", () => {
    expect(leansText(leansOn({ verdicts: [4], values: [3], rule: "verdicts" }))).toBe("Leans on 1 verdict.");
    expect(leansOn({ values: [3], rule: "graph", snapshot: 7, comparison: "c-1" })).toEqual({ comparison: "c-1", verdicts: [], consents: 0, values: [3], snapshot: 7 });
  });

  it("is told by who said it, overall first", () => {
    const said = [verdict({ id: 1, principle: "Care" }), verdict({ id: 2, annotator: "Kim", left: true }), verdict({ id: 3 })];

    expect(speakersOf(said).map(({ name, left, said: own }) => [name, left, own.map(({ id }) => id)])).toEqual([["Reader", false, [3, 1]], ["Kim", true, [2]]]);
  });

  it("says what became of verdicts since", () => {
    expect(lostText(2, [verdict({}), verdict({})])).toBe("");
    expect(lostText(3, [verdict({}), verdict({ stands: false })])).toBe("1 verdict was changed or taken back since; the data set keeps what was said then. 1 verdict is not shown here; the data set still counts it.");
  });
});
