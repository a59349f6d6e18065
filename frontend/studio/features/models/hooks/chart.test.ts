import { describe, expect, it } from "vitest";
import { allowsLog, chartOf, comparison, finding, MARGIN, nearestPoint, rowsOf } from "./chart";

const loss = (step: number, value: number) => ({ step, name: "loss", value });
const falling = [loss(0, 0.7), loss(50, 0.5), loss(100, 0.3)];

describe("the chart of a run", () => {
  it("fills its room and draws one corner a point", () => {
    const { path } = chartOf({ series: [falling], log: false, width: 600, height: 300 });

    const drawn = path(falling);

    expect(drawn.startsWith(`M${MARGIN.left}.0 ${MARGIN.top}.0`)).toBe(true);
    expect(drawn.endsWith(`L${600 - MARGIN.right}.0 ${300 - MARGIN.bottom}.0`)).toBe(true);
    expect(drawn.match(/[ML]/g)).toHaveLength(3);
  });

  it("leaves room for the steps to come", () => {
    const { x } = chartOf({ series: [falling], log: false, lastStep: 200, width: 600, height: 300 });

    expect(x.place(100)).toBeLessThan(x.place(200));
    expect(x.place(200)).toBe(600 - MARGIN.right);
  });

  it("has room before the first point", () => {
    expect(chartOf({ series: [[]], log: true, width: 600, height: 300 }).y.ticks.length).toBeGreaterThan(1);
  });

  it("offers a log scale for positive numbers alone", () => {
    expect(allowsLog(falling)).toBe(true);
    expect(allowsLog([loss(1, 0)])).toBe(false);
    expect(allowsLog([])).toBe(false);
  });

  it("finds the point under the hand", () => {
    const { x } = chartOf({ series: [falling], log: false, width: 600, height: 300 });

    expect(nearestPoint(falling, x, x.place(60))).toEqual(loss(50, 0.5));
    expect(nearestPoint([], x, 10)).toBeUndefined();
  });

  it("tells where other runs end and lists them step by step", () => {
    const lines = [{ run: "Run 2", series: falling }, { run: "Run 1", series: [loss(50, 0.45)] }];

    expect(comparison(lines.slice(1))).toBe("Run 1 ends at 0.450 (step 50).");
    expect(comparison([{ run: "Run 3", series: [] }])).toBe("Run 3 has no such points.");
    expect(rowsOf(lines)).toEqual([{ step: 0, values: [0.7, undefined] }, { step: 50, values: [0.5, 0.45] }, { step: 100, values: [0.3, undefined] }]);
  });

  it("says what the line did", () => {
    expect(finding("Loss", falling)).toBe("Loss fell from 0.700 to 0.300 over 100 steps");
    expect(finding("Rate", [loss(1, 0.0001), loss(2, 0.00002)])).toBe("Rate fell from 0.000100 to 0.0000200 over 2 steps");
    expect(finding("Loss", [])).toBe("Loss: no points yet");
  });
});
