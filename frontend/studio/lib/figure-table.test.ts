import { describe, expect, it } from "vitest";
import { tableOf } from "./figure-table";

describe("the table of a figure", () => {
  it("has interval and n where the server says them, and names instead of places on an axis", () => {
    const table = tableOf({
      data: [{ name: "People", x: [1, 2], y: [0.1, 1.1], customdata: [["4", "7"], ["5", "7"]], meta: { label: ["Care", "Be frank"], low: [1, 1], high: [2, 2], n: [12, 9] } }],
      layout: { meta: { columns: ["annotator", "rank", "principle"] } },
    });
    expect(table.columns).toEqual(["annotator", "rank", "principle", "low", "high", "n"]);
    expect(table.rows).toEqual([["People", 1, "Care", 1, 2, 12], ["People", 2, "Be frank", 1, 2, 9]]);
    expect(table.data).toEqual([["4", "7"], ["5", "7"]]);
  });

  it("is read from the axes where the server says no more", () => {
    const table = tableOf({ data: [{ x: ["a"], y: [3] }], layout: { yaxis: { title: { text: "loss" } } } });
    expect(table).toEqual({ columns: ["Series", "x", "loss"], rows: [["Series 1", "a", 3]], data: [undefined] });
  });
});
