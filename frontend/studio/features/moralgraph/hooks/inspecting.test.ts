import { expect, it } from "vitest";
import { addressOf, targetOf } from "./inspecting";

it("opens what the address says, and says in the address what is open", () => {
  const targets = [{ kind: "value", id: 4 }, { kind: "step", one: 2, other: 7, answer: "unsure" }, { kind: "votes", value: undefined, answer: undefined }, { kind: "votes", value: 9, answer: "same" }] as const;

  for (const target of targets) {
    const search = Object.fromEntries(Object.entries(addressOf(target)).filter(([, given]) => given !== undefined));
    expect(targetOf(search)).toEqual(target);
  }
  expect(targetOf({})).toBeUndefined();
  expect(targetOf({ step: "tea-3", value: "x" })).toBeUndefined();
});
