import { describe, expect, it } from "vitest";
import type { StudyExport } from "../api/types";
import { choiceOf, contentOf, leftOutOf } from "./exports";

const MADE: StudyExport = {
  id: "0b9e", purpose: "quotes", tables: ["participants", "turns"], formats: ["parquet", "csv"], versions: [],
  simulated: false, panel_ids: false, bom: true, state: "ready", message: "", job: null, people: 412,
  rows: { participants: 412, turns: 5_730 }, left_out: { withdrew: 3, other_purpose: 0 }, sha256: "ab", size: 1_234_567,
  by: "robin", created_at: "2026-03-01T10:00:00Z", finished_at: null, outdated_at: null, removed_at: null,
};

describe("what is in an export", () => {
  it("says how many people, rows and tables, and in which formats", () => {
    expect(contentOf(MADE)).toBe("412 people: 6,142 rows in 2 tables, as CSV and Parquet.");
  });

  it("says of whom where that was chosen", () => {
    const chosen: StudyExport = { ...MADE, people: 1, tables: ["turns"], versions: [1, 2], simulated: true, panel_ids: true };
    expect(contentOf(chosen)).toBe("1 person of version 1 and 2, simulated ones among them, with the panel’s ids: 6,142 rows in 1 table, as CSV and Parquet.");
  });

  it("counts who is left out, and says nothing of reasons that nobody has", () => {
    expect(leftOutOf(MADE, { withdrew: "people who withdrew", other_purpose: "others" })).toBe("Left out: 3 people who withdrew.");
    expect(leftOutOf({ ...MADE, left_out: {} }, {})).toBe("");
  });

  it("asks for the same again, and for nothing else", () => {
    expect(choiceOf(MADE)).toEqual({ purpose: "quotes", tables: ["participants", "turns"], formats: ["parquet", "csv"], versions: [], simulated: false, panel_ids: false, bom: true });
  });
});
