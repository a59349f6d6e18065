import { describe, expect, it } from "vitest";
import { againstCell, pointCell } from "./counted-cells";

describe("the comparisons behind a number", () => {
  it("are counted where as many principles speak as the reader asks for", () => {
    expect(againstCell("7", { minActive: 1 })).toEqual({ annotator: "7", against: "true" });
    expect(againstCell("7", { minActive: 3 })).toEqual({ annotator: "7", against: "true", least: "3" });
  });

  it("follow from what the server said of a point", () => {
    const controls = { minActive: 2 };
    expect(pointCell("categories", ["conflict", 4, 9], controls)).toEqual({ category: "conflict" });
    expect(pointCell("arbitrariness", ["7", 30], controls)).toEqual({ annotator: "7", against: "true", least: "2" });
    expect(pointCell("by_active", ["7", 3, 5, 12], controls)).toEqual({ annotator: "7", against: "true", least: "3", most: "5" });
    expect(pointCell("by_active", ["7", 11, null, 12], controls)).toEqual({ annotator: "7", against: "true", least: "11" });
    expect(pointCell("priorities", ["4", "7", 12, ""], controls)).toEqual({ principle: "4", annotator: "7" });
  });

  it("are none where a point says nothing", () => {
    expect(pointCell("arbitrariness", undefined, { minActive: 1 })).toBeUndefined();
    expect(pointCell("another", ["7"], { minActive: 1 })).toBeUndefined();
  });
});
