import { describe, expect, it } from "vitest";
import { fittedAt, learnt } from "./instant-words";

const rate = (value: number | null, low: number, high: number) => ({ value, low, high, n: 40 });
const figures = (low: number) => ({ accuracy: rate(0.8, low, 0.9), longer: rate(0.55, 0.4, 0.7), coin: rate(0.5, 0.35, 0.65), beyond_length: null, ties_left_out: 0, rule: "" });

describe("an instant model in words", () => {
  it("says what its n can tell", () => {
    expect(learnt({ figures: figures(0.65), message: "", fitting: false })).toBe("It agrees with 80 % of 40 held-out pairs, surely more than a coin. “The longer response wins” agrees with 55 %: no difference is detectable at this n.");
    expect(learnt({ figures: figures(0.45), message: "", fitting: true })).toBe("It agrees with 80 % of 40 held-out pairs; that it is better than a coin is not detectable at this n. “The longer response wins” agrees with 55 %: no difference is detectable at this n. It is being fitted again.");
  });

  it("says when length does better or worse than it", () => {
    const gap = (value: number) => ({ value, low: value - 0.1, high: value + 0.1, n: 40, groups: 20, noticeable: 0.2, detected: true, exact: false });
    const told = (value: number) => learnt({ figures: { ...figures(0.65), beyond_length: gap(value) }, message: "", fitting: false });

    expect(told(0.25)).toContain("with 55 %: it does noticeably better than that.");
    expect(told(-0.25)).toContain("with 55 %: it does noticeably worse than that.");
  });

  it("says why there is nothing to see", () => {
    expect(learnt({ figures: null, message: "Nobody agreed.", fitting: false })).toBe("Nobody agreed.");
    expect(learnt({ figures: null, message: "", fitting: true })).toBe("It is being fitted for the first time.");
    expect(fittedAt({ fitted_at: null, seconds: 0 })).toBe("–");
  });
});
