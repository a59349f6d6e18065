import { describe, expect, it } from "vitest";
import { frozenText, leaningQuery } from "./leaning";

describe("the data sets that lean on something", () => {
  it("are asked for by a comparison, by a person, or by any of some values, and read anew with all other lists", () => {
    expect(leaningQuery("tea", { comparison: "c-1" }).queryKey).toEqual(["data-sets", "tea", "comparison=c-1"]);
    expect(leaningQuery("tea", { participant: "p-1" }).queryKey).toEqual(["data-sets", "tea", "participant=p-1"]);
    expect(leaningQuery("tea", { values: [3, 7] }).queryKey).toEqual(["data-sets", "tea", "value=3&value=7"]);
  });

  it("say how large they are and since when they stand", () => {
    const at = "2026-11-20T10:00:00Z";
    expect(frozenText({ train_count: 1200, held_out_count: 34, created_at: at }, "en-GB")).toBe("1,234 pairs, frozen on 20/11/2026");
    expect(frozenText({ train_count: 1, held_out_count: 0, created_at: at }, "en-GB")).toBe("1 pair, frozen on 20/11/2026");
  });
});
