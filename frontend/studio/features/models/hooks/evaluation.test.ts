import { describe, expect, it } from "vitest";
import { besideBase, beyondLength, calibrationSentence, controlSentence, lengthSentence, positionSentence } from "./evaluation";

const GAP = { value: 0.25, low: 0.1, high: 0.4, n: 40, groups: 20, noticeable: 0.2, detected: true, exact: false };

describe("what an evaluation says", () => {
  it("says by how much it beats length, or is beaten", () => {
    expect(beyondLength(GAP)).toContain("oftener than “the longer response wins”, by 25.0 points");
    expect(beyondLength({ ...GAP, value: -0.25, low: -0.4, high: -0.1 })).toContain("less often");
  });

  it("says what would have been noticed where nothing was", () => {
    expect(beyondLength({ ...GAP, low: -0.1, detected: false })).toContain("not detectable at this n");
    expect(beyondLength({ ...GAP, low: -0.1, detected: false })).toContain("20.0 points would be");
    expect(beyondLength({ ...GAP, low: -0.1, detected: false, noticeable: 1 })).toContain("so few could show none");
    expect(beyondLength({ ...GAP, value: null, noticeable: null })).toContain("Too few prompts");
  });

  it("puts its liking for length beside the target's", () => {
    const rate = { value: 0.8, low: 0.7, high: 0.9, n: 50 };
    const told = lengthSentence({ model: rate, target: { ...rate, value: 0.6 }, gap: GAP });
    expect(told).toContain("80 % of 50 pairs of unequal length, the target in 60 %");
    expect(told).toContain("It likes the longer one more than it should, by 25.0 points");
    expect(lengthSentence({ model: rate, target: rate, gap: { ...GAP, detected: false } })).toContain("A bias for length is not detectable at this n");
    expect(lengthSentence({ model: { ...rate, value: null }, target: rate, gap: GAP })).toContain("equally long");
  });

  it("says how well it is calibrated, where anything was judged", () => {
    expect(calibrationSentence({ error: 0.031, brier: 0.2, n: 12, bins: [] })).toContain("3.1 points apart");
    expect(calibrationSentence({ error: null, brier: null, n: 0, bins: [] })).toContain("nothing is known");
  });

  it("lays it beside its base, and says by what either judges", () => {
    const accuracy = { value: 0.6, low: 0.5, high: 0.7, n: 40 };
    expect(besideBase({ accuracy, gap: GAP, by: "nearness" }, "its reward")).toBe("It is right oftener than its base, by 25.0 points ([10.0 points, 40.0 points], 40 pairs of 20 prompts). The base judges by nearness, the checkpoint by its reward.");
    expect(besideBase({ accuracy, gap: { ...GAP, detected: false }, by: "nearness" })).toContain("A difference to its base is not detectable at this n");
    expect(besideBase({ accuracy, gap: { ...GAP, value: null }, by: "nearness" })).toContain("Too few prompts");
  });

  it("says whether a place decides, and that it cannot where responses are scored one by one", () => {
    const rate = { value: 0.25, low: 0.1, high: 0.4, n: 40 };
    const side = { decided: rate, first: rate };
    const gap = { ...GAP, value: -0.25, low: -0.4, high: -0.1 };
    expect(positionSentence({ applies: false, model: side, base: side, gap, left_out: 0 })).toContain("order cannot matter");
    expect(positionSentence({ applies: true, model: side, base: side, gap, left_out: 0 })).toContain("names the same place twice in 25 % of 40 pairs, its base in 25 %. Training made that better, by 25.0 points");
  });

  it("says what training cost on control pairs, or what would have been noticed", () => {
    const rate = { value: 0.9, low: 0.8, high: 1, n: 40 };
    const control = { set: "ours", data_set: null, n: 40, left_out: 0, model: rate, base: rate, by_kind: {}, model_by: "", base_by: "" };
    const drop = { ...GAP, value: -0.25, low: -0.4, high: -0.1 };
    expect(controlSentence({ ...control, change: drop })).toContain("Training made it worse there, by 25.0 points");
    expect(controlSentence({ ...control, change: { ...drop, detected: false } })).toContain("A drop is not detectable at this n");
    expect(controlSentence({ ...control, change: { ...drop, value: null } })).toContain("nothing is known of a drop");
  });
});
