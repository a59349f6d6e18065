import { describe, expect, it } from "vitest";
import { seriesOf, smoothed, thinned, withPoints } from "./points";

const loss = (step: number, value: number) => ({ step, name: "loss", value });
const none = withPoints(new Map(), []);

describe("the points of a run", () => {
  it("holds each step once however often it arrives, in order", () => {
    const points = withPoints(withPoints(none, [loss(1, 0.7), loss(2, 0.6)]), [loss(2, 0.6), loss(3, 0.5), loss(1, 0.7)]);

    expect(seriesOf(points, "loss")).toEqual([loss(1, 0.7), loss(2, 0.6), loss(3, 0.5)]);
  });

  it("drops what a resume supersedes and keeps what lies before", () => {
    const before = withPoints(none, [loss(10, 0.5), loss(20, 0.4), loss(30, 0.3), { step: 30, name: "accuracy", value: 0.8 }]);

    const after = withPoints(before, [loss(21, 0.45)], 20);

    expect(seriesOf(after, "loss").map(({ step }) => step)).toEqual([10, 20, 21]);
    expect(seriesOf(after, "accuracy")).toEqual([]);
  });

  it("leaves the points that it was given as they were", () => {
    const before = withPoints(none, [loss(1, 0.7)]);

    withPoints(before, [loss(1, 0.1)], 0);

    expect(seriesOf(before, "loss")).toEqual([loss(1, 0.7)]);
  });

  it("draws a long series with few points, over its whole range and with every peak", () => {
    const long = Array.from({ length: 100_000 }, (_, index) => loss(index + 1, index === 4320 ? 9 : 0.5));

    const drawn = thinned(long);

    expect(drawn.length).toBeLessThanOrEqual(1000);
    expect([drawn[0], drawn.at(-1)]).toEqual([loss(1, 0.5), loss(100_000, 0.5)]);
    expect(drawn).toContainEqual(loss(4321, 9));
    expect(thinned(long.slice(0, 1000))).toHaveLength(1000);
  });

  it("smooths without bending the start, and not at all with weight nought", () => {
    const noisy = [loss(1, 1), loss(2, 0), loss(3, 1)];

    expect(smoothed(noisy, 0)).toEqual(noisy);
    // By hand, weight 0.5: 1; (0.25·1 + 0.5·0) / 0.75 = 1/3; (0.125·1 + 0.25·0 + 0.5·1) / 0.875 = 5/7.
    expect(smoothed(noisy, 0.5).map(({ value }) => value)).toEqual([1, expect.closeTo(1 / 3), expect.closeTo(5 / 7)]);
  });
});
