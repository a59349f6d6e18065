import { expect, it } from "vitest";
import { ALL_HOLD, answered, missing, speaksFor, turned } from "./rubric";

it("turns a part from open to no, to yes, and to open again", () => {
  const no = turned({}, "2");
  const yes = turned(no, "2");
  expect([no, yes, turned(yes, "2")]).toEqual([{ 2: "no" }, { 2: "yes" }, {}]);
});

it("takes an answer back when it is given twice", () => {
  expect(answered({ 1: "yes", 3: "no" }, "3", "no")).toEqual({ 1: "yes" });
});

it("needs all parts to put together and one to keep apart", () => {
  expect(speaksFor(ALL_HOLD)).toBe("merged");
  expect(speaksFor({ 1: "yes" })).toBeUndefined();
  expect(speaksFor({ ...ALL_HOLD, 4: "no" })).toBe("apart");
});

it("lets a reason stand in for the rubric, and says which key helps otherwise", () => {
  expect(missing("merged", {}, " Alike. ")).toBeUndefined();
  expect(missing("merged", { 5: "no" }, " ")).toContain("(Y)");
  expect(missing("apart", ALL_HOLD, "")).toContain("(1 to 5)");
  expect(missing("apart", { 5: "no" }, "")).toBeUndefined();
});
