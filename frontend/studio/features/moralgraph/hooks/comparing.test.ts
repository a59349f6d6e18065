import { describe, expect, it } from "vitest";
import type { Drift, SideBySide } from "../api/types";
import { apart, besides, chosen, driftText } from "./comparing";

const placed = (value: number, score: number, low: number | null = score - 0.1, high: number | null = score + 0.1) => ({ value, score, rank: 1, n: 9, low, high, p_top: null });
const found = {
  groups: [
    { name: "young", people: 5, votes: 10, support: "clear" as const, values: [placed(1, 0.5), placed(2, -0.5)] },
    { name: "old", people: 6, votes: 12, support: "clear" as const, values: [placed(1, 0.45), placed(2, 0.8), placed(3, 0, null, null)] },
  ],
  differences: [], shared: [], bridges: [], left_out: 0,
} satisfies SideBySide;

describe("two graphs side by side", () => {
  it("lists the values furthest apart first, and says where it is more than chance", () => {
    const rows = besides(found, "young", "old");

    expect(rows.map(({ value }) => value)).toEqual([2, 1, 3]);
    expect(rows.map(apart)).toEqual([true, false, false]);
    expect(rows[2]?.left).toBeUndefined();
  });

  it("never compares a thing with itself", () => {
    const items = [{ id: "a" }, { id: "b" }];
    const first = chosen(items, ({ id }) => id, "b");

    expect(first?.id).toBe("b");
    expect(chosen(items, ({ id }) => id, "b", first)?.id).toBe("a");
  });

  it("tells what became of the first place", () => {
    const drift: Drift = {
      winner_before: 1, winner_after: 2, winner_changed: true, agreement: 0.5, turned: [],
      values: [{ value: 1, rank_before: 1, rank_after: 2, score_before: 1, score_after: 0, certain: true }],
      votes_before: 1, votes_after: 2, participants_before: 1, participants_after: 2,
    };

    expect(driftText(drift, (id) => `Value ${id}`)).toBe("Value 2 is first now; it was Value 1. The two orders agree by 0.50 (Kendall’s tau, from −1 to 1). 1 value moved further than chance explains. 0 steps point the other way.");
  });
});
