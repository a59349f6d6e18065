import { describe, expect, it } from "vitest";
import { agreementSentence, floorSentence, sideOf, targetsSentence } from "./parting";

const RATE = { value: 0.25, low: 0.1, high: 0.4, n: 40 };
const GAP = { value: 0.5, low: 0.3, high: 0.7, n: 40, groups: 30, noticeable: 0.2, detected: true, exact: false };
const FOLLOWS = { parts: RATE, first: RATE, second: RATE };
const FIGURES = {
  n: 40,
  left_out: 0,
  agreement: RATE,
  kappa: { ...RATE, value: -0.5, low: -0.8, high: -0.2 },
  floor: { agreement: { ...RATE, value: 0.75 }, kappa: RATE, beyond: GAP },
  targets_part: FOLLOWS,
  targets_agree: { ...FOLLOWS, parts: { ...RATE, value: 0, n: 12 } },
  by_context: {},
  by_principle: {},
};

describe("where two checkpoints part", () => {
  it("says how far they agree", () => {
    expect(agreementSentence(FIGURES)).toContain("judge 25 % of 40 held-out comparisons alike (kappa -0.50");
    expect(agreementSentence({ ...FIGURES, kappa: { ...RATE, value: null } })).toContain("kappa is not defined");
    expect(agreementSentence({ ...FIGURES, agreement: { ...RATE, value: null } })).toContain("nothing can be said");
  });

  it("sets it against what another seed parts", () => {
    expect(floorSentence(FIGURES)).toContain("agrees with itself in 75 %. The two targets part more than that, by 50.0 points");
    expect(floorSentence({ ...FIGURES, floor: { ...FIGURES.floor, beyond: { ...GAP, detected: false } } })).toContain("not detectable at this n");
    expect(floorSentence({ ...FIGURES, floor: null })).toContain("was not repeated");
  });

  it("says whether they part where their targets do", () => {
    expect(targetsSentence(FIGURES)).toBe("Where the targets part (40), the checkpoints part in 25 %. Where the targets agree (12), in 0 %.");
    expect([sideOf(1), sideOf(-1), sideOf(0), sideOf(undefined)]).toEqual(["A", "B", "neither", "neither"]);
  });
});
