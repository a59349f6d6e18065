import { describe, expect, it } from "vitest";
import { beyondLength, calibrationSentence, lengthSentence } from "./evaluation";

const GAP = { value: 0.25, low: 0.1, high: 0.4, n: 40, groups: 20, noticeable: 0.2, detected: true };

describe("what an evaluation says", () => {
  it("says by how much it beats length, or is beaten", () => {
    expect(beyondLength(GAP)).toContain("oftener than “the longer response wins”, by 25.0 points");
    expect(beyondLength({ ...GAP, value: -0.25, low: -0.4, high: -0.1 })).toContain("less often");
  });

  it("says what would have been noticed where nothing was", () => {
    expect(beyondLength({ ...GAP, low: -0.1, detected: false })).toContain("not detectable at this n");
    expect(beyondLength({ ...GAP, low: -0.1, detected: false })).toContain("20.0 points would be");
    expect(beyondLength({ ...GAP, value: null, noticeable: null })).toContain("Too few prompts");
  });

  it("puts its liking for length beside the target's", () => {
    const rate = { value: 0.8, low: 0.7, high: 0.9, n: 50 };
    expect(lengthSentence({ model: rate, target: { ...rate, value: 0.6 } })).toContain("80 % of 50 pairs of unequal length, the target in 60 %");
    expect(lengthSentence({ model: { ...rate, value: null }, target: rate })).toContain("equally long");
  });

  it("says how well it is calibrated, where anything was judged", () => {
    expect(calibrationSentence({ error: 0.031, brier: 0.2, n: 12, bins: [] })).toContain("3.1 points apart");
    expect(calibrationSentence({ error: null, brier: null, n: 0, bins: [] })).toContain("nothing is known");
  });
});
