import { describe, expect, it } from "vitest";
import { scaleOf } from "./png";

describe("scaleOf", () => {
  it("draws a small picture twice as fine", () => {
    expect(scaleOf(1200, 900)).toBe(2);
  });
  it("keeps a large picture within what browsers can draw", () => {
    expect(scaleOf(10_000, 4000) * 10_000).toBe(8000);
  });
});
