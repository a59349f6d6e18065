import { describe, expect, it } from "vitest";
import { besideBase, beyondCoin, beyondLength, beyondLuck, calibrationSentence, controlSentence, learned, lengthSentence, positionSentence, verdictOf, writesSentence } from "./evaluation";

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

  const accuracy = { value: 0.6, low: 0.45, high: 0.73, n: 50 };
  const evaluation = { accuracy, longer: accuracy, coin: accuracy, n: 50, ties_left_out: 0, skipped: {}, rule: "" };
  const luck = { applies: true, heads: 199, mean: 0.5, low: 0.4, high: 0.6, as_right: 12, p: 0.065, noticeable: 0.64, prompts: 90, trained_on: 90, n: 50, detected: false };

  it("says in one sentence whether anything was learned, by luck where that is known", () => {
    expect(learned({ ...evaluation, luck })).toBe("That it has learned anything of its target is not detectable at this n. It agrees with its target on 60 % of 50 held-out pairs (45 % to 73 %), and 12 of 199 heads that were taught tossed targets are as right; from 64 % on it would be told from them four times of five.");
    expect(learned({ ...evaluation, luck: { ...luck, as_right: 0, detected: true } })).toContain("It has learned something of its target. It agrees with its target on 60 % of 50 held-out pairs (45 % to 73 %), and none of 199 heads");
    expect(learned({ ...evaluation, luck: { applies: false } })).toContain("more often than a coin is not detectable at this n");
    expect(learned({ ...evaluation, accuracy: { ...accuracy, low: 0.55 } })).toContain("It agrees with its target more often than a coin.");
    expect(learned({ ...evaluation, accuracy: { ...accuracy, value: 0.3, low: 0.2, high: 0.4 } })).toContain("It goes against its target");
    expect(learned({ ...evaluation, accuracy: { ...accuracy, value: null } })).toContain("nothing can be said");
  });

  it("gives each comparison one word, and what it rests on", () => {
    expect(verdictOf(GAP)).toEqual({ word: "better", tone: "is-good", note: "+25.0 points [10.0, 40.0]" });
    expect(verdictOf({ ...GAP, value: -0.25, low: -0.4, high: -0.1 }).word).toBe("worse");
    expect(verdictOf({ ...GAP, low: -0.1, detected: false })).toEqual({ word: "not detectable at this n", tone: "", note: "+25.0 points [-10.0, 40.0]; four times of five, one of 20.0 points would be." });
    expect(verdictOf(undefined).word).toBe("not known");
    expect(beyondLuck(luck).note).toContain("12 of 199 are as right; from 64 % on it would be noticed");
    expect(beyondCoin(accuracy)).toEqual({ word: "not detectable at this n", tone: "", note: "50 % lies within its interval" });
    expect(beyondCoin({ ...accuracy, low: 0.55 }).word).toBe("better");
  });

  it("lays a policy beside itself before training, by one measure", () => {
    const writes = { before: { ...accuracy, value: 0.5 }, after: { ...accuracy, value: 0.75 }, gap: GAP };
    expect(writesSentence(writes)).toContain("in 50 % before training and does in 75 % now. Training moved it towards its target, by 25.0 points");
    expect(writesSentence({ ...writes, gap: { ...GAP, detected: false } })).toContain("A change by training is not detectable at this n");
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
    expect(controlSentence({ ...control, base_by: "nearness", change: drop })).toContain("not training’s doing alone");
    expect(controlSentence({ ...control, change: { ...drop, detected: false } })).toContain("A drop is not detectable at this n");
    expect(controlSentence({ ...control, change: { ...drop, value: null } })).toContain("nothing is known of a drop");
  });
});
