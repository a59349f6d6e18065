import { describe, expect, it } from "vitest";
import type { Protocol } from "../api/types";
import { freshKey, pruned, reviewed, shifted, unreviewed, withQuota } from "./protocol-draft";

const EMPTY: Protocol = {
  title: {}, context_names: [], questions: [], question_choice: "assigned", disclosure: {}, who_may_read: {}, consent: {}, help_contact: "", minutes: 15,
  min_age: 18, about: [], quotas: [], places: null, interviewer: "auto", wise_values: false, votes_each: 3, votes_on_own: null, survey: [],
  codes: { complete: "", screened_out: "", under_age: "", over_quota: "", withdrew: "", failed: "" }, return_url: "",
  retention_until: null, reviews: [],
};

describe("changes to a protocol", () => {
  it("marks a language as reviewed, and takes the mark back when its texts change", () => {
    const marked = reviewed(reviewed(EMPTY, "en", "robin", "2026-03-01T00:00:00Z"), "es", "robin", "2026-03-01T00:00:00Z");

    expect(marked.reviews.map(({ language }) => language)).toEqual(["en", "es"]);
    expect(unreviewed(marked, "en").reviews.map(({ language }) => language)).toEqual(["es"]);
    expect(reviewed(marked, "es", "robin", "2026-03-02T00:00:00Z").reviews.map(({ language }) => language)).toEqual(["en"]);
  });

  it("finds a key that nobody has", () => {
    expect(freshKey("item", [])).toBe("item_1");
    expect(freshKey("item", [{ key: "item_2" }])).toBe("item_3");
    expect(freshKey("item", [{ key: "item_1" }, { key: "item_3" }])).toBe("item_4");
  });

  it("moves a part by one place and not past the ends", () => {
    expect(shifted(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(shifted(["a", "b", "c"], 0, -1)).toEqual(["a", "b", "c"]);
    expect(shifted(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
  });

  it("keeps one quota an answer, and none on answers that are gone", () => {
    const limited = withQuota(withQuota(EMPTY, "age", "old", 5), "age", "old", 7);

    expect(limited.quotas).toEqual([{ item: "age", option: "old", at_most: 7 }]);
    expect(withQuota(limited, "age", "old", undefined).quotas).toEqual([]);
    expect(pruned(limited).quotas).toEqual([]);
  });
});
