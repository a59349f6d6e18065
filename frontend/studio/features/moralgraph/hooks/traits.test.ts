import { describe, expect, it } from "vitest";
import { answerOf, balanceOf, questionOf, weighingOf, weighingText } from "./traits";

const TRAITS = [{ by: "age", label: "How old are you?", groups: [{ name: "old", label: "60 or older", people: 8 }, { name: "from_30", label: "30 to 59", people: 9 }] }];

describe("what people told of themselves", () => {
  it("is worded as the study words it, and readable where it is not", () => {
    expect(questionOf(TRAITS, "age")).toBe("How old are you?");
    expect(answerOf(TRAITS, "age", "from_30")).toBe("30 to 59");
    expect(answerOf([], "age", "from_30")).toBe("from 30");
  });
});

describe("groups that are weighed", () => {
  it("are read and written as the server does", () => {
    for (const text of ["age", "age=old:70,from_30:30"]) expect(balanceOf(weighingOf(text) ?? { by: "" })).toBe(text);
    expect(weighingOf("age=old:70,from_30:30")?.shares).toEqual({ old: "70", from_30: "30" });
    expect(weighingOf("")).toBeUndefined();
  });

  it("are said in words, with shares of the whole", () => {
    expect(weighingText("age", TRAITS)).toBe("every group by “How old are you?” counts the same");
    expect(weighingText("age=old:3,from_30:1", TRAITS)).toBe("groups by “How old are you?” count as 60 or older: 75 %, 30 to 59: 25 %");
    expect(weighingText("", TRAITS)).toBe("");
  });
});
