/** What was said of a comparison, in words. */
import type { Schema } from "./schema";

/** An answer, A and B as they are kept. */
export const ANSWERS: Readonly<Record<Schema<"VerdictOutput">["answer"], string>> = {
  a: "A", b: "B", tie: "a tie", both_bad: "both bad", skip: "skipped", cannot_tell: "cannot tell", not_applicable: "does not apply", unparsable: "could not be read", order_decided: "decided by the order",
};
