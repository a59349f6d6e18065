import { describe, expect, it } from "vitest";
import { leansOn, leansText } from "./leans";

describe("what an example leans on", () => {
  it("is said with how many people's consents", () => {
    expect(leansText(leansOn({ verdicts: [4, 7], values: [3], consents: 15 }))).toBe("Leans on 2 verdicts, 1 value and the votes of 15 people who agreed to training.");
    expect(leansText(leansOn({ verdicts: [4], values: [], consents: 0 }))).toBe("Leans on 1 verdict.");
  });

  it("is not said where a record names nothing", () => {
    expect(leansText(leansOn({ comparison: "one" }))).toBe("");
  });
});
