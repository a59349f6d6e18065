import { describe, expect, it } from "vitest";
import { layOut } from "./layout";

const values = [
  { id: "listening", score: 1.2 },
  { id: "candour", score: 0.1 },
  { id: "haste", score: -0.8 },
  { id: "patience", score: 0.1 },
];
const ties = [{ less_wise: "haste", wiser: "listening" }, { less_wise: "candour", wiser: "listening" }];

describe("the picture of a moral graph", () => {
  it("puts the wiser higher", () => {
    const places = layOut(values, ties);

    expect(places.get("listening")?.y).toBe(1);
    expect(places.get("haste")?.y).toBe(0);
    expect(places.get("candour")?.y).toBeCloseTo(0.45);
  });

  it("keeps values of one height apart", () => {
    const places = layOut(values, ties);

    expect(Math.abs((places.get("candour")?.x ?? 0) - (places.get("patience")?.x ?? 0))).toBeGreaterThan(0.15);
  });

  it("is the same each time, whatever the order of the rows", () => {
    expect(layOut(values.toReversed(), ties)).toEqual(layOut(values, ties));
  });

  it("stays inside the picture and ignores lines to values that are not shown", () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ id: `v${index}`, score: Math.sin(index) }));

    const places = layOut(many, [{ less_wise: "v1", wiser: "gone" }]);

    for (const { x, y } of places.values()) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(1);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(1);
    }
    expect(places.size).toBe(40);
  });

  it("has a place for a single value", () => {
    expect(layOut([{ id: "only", score: 3 }], []).get("only")).toEqual({ x: 0.5, y: 0 });
  });
});
