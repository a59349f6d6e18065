import { describe, expect, it } from "vitest";
import type { LeftOut, Moved } from "../api/types";
import { columnsOf } from "./LeaveOneOut";

const MOVED: Moved = { value: 0.5, low: 0.4, high: 0.6, n: 90, by: 0.02, by_low: 0.01, by_high: 0.03 };
const ROW: LeftOut = { principle: "4", consensus: MOVED, conflict: MOVED, indifference: MOVED, annotators: [{ annotator: "people", da: MOVED, dd: MOVED }, { annotator: "5", da: MOVED, dd: MOVED }] };

describe("the columns of what one principle carries", () => {
  const measures = {
    principles: [{ id: "4", name: "Care" }],
    between: { annotators: [{ id: "people", name: "People together" }, { id: "4", name: "Ana" }, { id: "5", name: "Reward model" }], values: [] },
    reference: { id: "people", name: "People together" },
  };
  const columns = columnsOf({ measures, rows: [ROW], minActive: 1, addressOf: () => "" });

  it("name the principle that is left out, though an annotator has the same number", () => {
    expect(columns[0]?.cell(ROW)).toBe("Care");
  });

  it("show the distance of somebody who is not the reference", () => {
    expect(columns.map(({ label }) => label).slice(-2)).toEqual(["Arbitrariness of People together", "Discrepancy of Reward model"]);
  });
});
