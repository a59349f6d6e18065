import { describe, expect, it } from "vitest";
import { lacksReason, type Served, standingOf } from "./not-promoted";

const PROMOTED: Served = { id: "1", name: "Run 1, step 4", decision: "promoted", reason: "Good.", withdrawals: 0 };

describe("a checkpoint that judges", () => {
  it("needs a reason unless it is promoted, or is no checkpoint", () => {
    expect([lacksReason(PROMOTED, ""), lacksReason(null, ""), lacksReason(undefined, "")]).toEqual([false, false, false]);
    expect([lacksReason({ ...PROMOTED, decision: "" }, " "), lacksReason({ ...PROMOTED, decision: "rejected" }, "A trial.")]).toEqual([true, false]);
  });

  it("is said to stand as it stands now", () => {
    expect(standingOf(PROMOTED, "")).toBe("");
    expect(standingOf({ ...PROMOTED, decision: "rejected", reason: "Too long.", withdrawals: 2 }, "A trial.")).toBe("Rejected: Too long.; judges all the same: A trial.; 2 behind its data have withdrawn");
  });
});
