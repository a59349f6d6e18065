import { describe, expect, it } from "vitest";
import { roundStep, scaleOf } from "./scale";

describe("an axis", () => {
  it("places the ends at the ends, also when it runs upwards", () => {
    const { place } = scaleOf({ from: 0, to: 10, start: 100, end: 0 });

    expect([place(0), place(5), place(10)]).toEqual([100, 50, 0]);
  });

  it("writes round numbers", () => {
    expect(scaleOf({ from: 0.31, to: 0.72, start: 0, end: 1 }).ticks).toEqual([0.4, 0.5, 0.6, 0.7]);
    expect(roundStep(100, 5)).toBe(20);
    expect(roundStep(7, 5)).toBe(2);
  });

  it("gives equal room to equal ratios on the log scale", () => {
    const { place, ticks } = scaleOf({ from: 0.01, to: 1, start: 0, end: 100, log: true });

    expect(place(0.1)).toBeCloseTo(50);
    expect(ticks).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
  });

  it("has a place for a single point", () => {
    expect(scaleOf({ from: 4, to: 4, start: 0, end: 100 }).place(4)).toBe(50);
  });
});
