/** Which keys do what on the merge desk. */
import type { KeyText } from "@/studio/components/KeysHelp";

/** In the order in which they are listed. */
export const MERGE_KEYS: readonly KeyText[] = [
  ["J, K", "next pair, pair before"],
  ["1 to 5", "a part of the rubric: does not hold, holds, open"],
  ["Y", "all five parts hold"],
  ["A", "accept: put the two together"],
  ["R", "reject: keep them apart"],
  ["W", "the other wording stays"],
  ["S", "split: take a card out of its value"],
  ["M", "write a reason; Escape leaves it"],
  ["U", "undo the last decision"],
  ["?", "this list"],
];
