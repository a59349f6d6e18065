import { describe, expect, it } from "vitest";
import { differenceOf } from "./difference";

describe("the difference of two texts", () => {
  it("marks words that are new in their place, and keeps the text as it is", () => {
    const stretches = differenceOf("Just decide. It is your life.", "Take your time; it is  your life.\nReally.");

    expect(stretches.map(({ text }) => text).join("")).toBe("Take your time; it is  your life.\nReally.");
    expect(stretches.filter(({ fresh }) => fresh).map(({ text }) => text.trim())).toEqual(["Take your time; it", "Really."]);
  });

  it("marks all of what has nothing in common, and nothing of what is the same", () => {
    expect(differenceOf("a b", "c d")).toEqual([{ text: "c d", fresh: true }]);
    expect(differenceOf("a b", "a b")).toEqual([{ text: "a b", fresh: false }]);
    expect(differenceOf("", "")).toEqual([]);
  });
});
