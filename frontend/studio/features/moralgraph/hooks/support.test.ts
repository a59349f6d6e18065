import { describe, expect, it } from "vitest";
import { graphEdge } from "../testing/graphs";
import { supportOf } from "./support";

describe("support of a value", () => {
  it("is the share of wiser over all steps that lead to it", () => {
    const edges = [
      graphEdge({ less_wise: 2, wiser: 1, counts: { wiser: 6, not_wiser: 2, unsure: 0, same: 0, not_about: 5 } }),
      graphEdge({ less_wise: 3, wiser: 1, counts: { wiser: 0, not_wiser: 1, unsure: 1, same: 0, not_about: 0 } }),
    ];

    expect(supportOf(edges)).toEqual(new Map([[1, 0.6]]));
  });

  it("says nothing where nobody answered", () => {
    const none = { wiser: 0, not_wiser: 0, unsure: 0, same: 0, not_about: 3 };

    expect(supportOf([graphEdge({ counts: none })]).has(1)).toBe(false);
  });
});
