import { describe, expect, it } from "vitest";
import type { MayBeHeard } from "../api/types";
import { groupedBy, groupings, groupOptions } from "./heard";

const HEARD: MayBeHeard = {
  voters: [{ by: "age", label: "How old are you?", groups: [{ name: "old", label: "60 or older", people: 7 }, { name: "young", label: "Under 60", people: 9 }] }],
  annotators: [{ by: "annotator", label: "Annotator", groups: [{ name: "4", label: "Ana", people: 1 }] }],
};

describe("whose judgements a data set is made of", () => {
  it("offers voters for the moral graph and annotators for verdicts", () => {
    expect(groupings(HEARD, "graph")).toBe(HEARD.voters);
    expect(groupings(HEARD, "verdicts")).toBe(HEARD.annotators);
    expect(groupings(HEARD, "principle")).toBe(HEARD.annotators);
    expect(groupings(undefined, "graph")).toEqual([]);
  });

  it("says how many people a group is", () => {
    expect(groupOptions(HEARD.voters, "age").map(({ label }) => label)).toEqual(["60 or older (7 people)", "Under 60 (9 people)"]);
    expect(groupOptions(HEARD.annotators, "annotator").map(({ label }) => label)).toEqual(["Ana (1 person)"]);
    expect(groupOptions(HEARD.voters, "")).toEqual([]);
  });

  it("begins with the first group alone", () => {
    expect(groupedBy(HEARD.voters, "age")).toEqual({ by: "age", group: "old", second: "" });
  });
});
