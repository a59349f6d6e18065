import { expect, it } from "vitest";
import { type Found, matching } from "./finding";

const found: Found[] = [
  { id: "1", kind: "Value", title: "Patient honesty", to: "/1" },
  { id: "2", kind: "Value", title: "Honest company", to: "/2" },
  { id: "3", kind: "Run", title: "Reward model 3", hint: "honest verdicts", to: "/3" },
];

it("finds by every word, in title, kind or hint, beginnings first", () => {
  expect(matching(found, "honest").map(({ id }) => id)).toEqual(["2", "1", "3"]);
  expect(matching(found, "honest run").map(({ id }) => id)).toEqual(["3"]);
  expect(matching(found, "nothing")).toEqual([]);
  expect(matching(found, "", 2)).toHaveLength(2);
});
