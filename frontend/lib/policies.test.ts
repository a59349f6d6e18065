import { expect, it } from "vitest";
import { splitPolicy } from "./policies";

it.each([
  ["MOMENTS when a silence feels easy", { lead: "MOMENTS", rest: "when a silence feels easy" }],
  ["SMALL CHANGES in her voice", { lead: "SMALL CHANGES", rest: "in her voice" }],
  ["ÄNDERUNGEN im Ton", { lead: "ÄNDERUNGEN", rest: "im Ton" }],
  ["I notice when she pauses", { lead: "", rest: "I notice when she pauses" }],
  ["A pause before the answer", { lead: "", rest: "A pause before the answer" }],
])("finds what %s attends to", (text, parts) => {
  expect(splitPolicy(text)).toEqual(parts);
});
