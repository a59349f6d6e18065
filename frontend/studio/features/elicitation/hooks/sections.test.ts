import { expect, it } from "vitest";
import { sectionAt } from "./sections";

it.each([
  [[10, 700, 1400], "a"],
  [[-600, 290, 900], "b"],
  [[-600, 310, 900], "a"],
  [[-2000, -900, -50], "c"],
  [[400, 700, 900], "a"],
] as const)("with sections that begin at %o one looks at %s", (tops, id) => {
  const places = tops.map((top, at) => ({ id: "abc"[at] ?? "", top }));

  expect(sectionAt(places, 900)).toBe(id);
});

it("knows nothing of sections that are not drawn", () => {
  expect(sectionAt([{ id: "a", top: undefined }, { id: "b", top: 500 }], 900)).toBe("b");
  expect(sectionAt([], 900)).toBeUndefined();
});
