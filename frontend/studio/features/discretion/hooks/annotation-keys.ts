/** Which keys do what while annotating. */
import type { KeyText } from "@/studio/components/KeysHelp";

/** In the order in which they are listed. */
export const ANNOTATION_KEYS: readonly KeyText[] = [
  ["↑ ↓", "choose the row (never answers)"],
  ["1", "left"],
  ["2", "right"],
  ["0 or 3", "tie"],
  ["N", "the principle does not apply"],
  ["B", "both are bad (overall row)"],
  ["C", "cannot tell, then 1, 2 or 3 for why (overall row)"],
  ["S", "skip this comparison (overall row)"],
  ["V", "show texts that are blurred"],
  ["X", "too distressing: put the pair aside"],
  ["Enter", "save and go to the next comparison"],
  ["U", "undo: open the last judgement again"],
  ["G", "go to the guideline; Enter opens it"],
  ["?", "this list"],
];
