/** Comparisons for tests. */
import type { NextItem } from "../api/types";

/** An item to judge. */
export function nextItem(given: Partial<NextItem> = {}): NextItem & { comparison: string } {
  return {
    comparison: "c-1", prompt: "How do I tell a friend that I moved away?", left: "Call them.", right: "Write a letter.", order: "ab",
    principles: [{ id: 7, title: "Care", statement: "Prefer the response that attends to the friend." }],
    done: 3, left_count: 21, open_count: 0, minutes: 4, blurred: false, locked: false, batch: null, guideline: 0, protocol: 0,
    asked: { overall: ["tie", "both_bad", "cannot_tell", "skip"], by_principle: ["tie", "not_applicable"], reasons: "against" }, ...given,
  } as NextItem & { comparison: string };
}
