import { describe, expect, it } from "vitest";
import { readSearch, writeSearch } from "./address";

describe("the address", () => {
  it("carries texts and numbers without quotes", () => {
    expect(writeSearch({ context: "3", min_votes: 5, group: "from 30 & on", balance: "age=old:70,young:30" })).toBe("?context=3&min_votes=5&group=from+30+%26+on&balance=age%3Dold:70,young:30");
    expect(writeSearch({})).toBe("");
  });

  it("reads what it wrote", () => {
    const search = { context: "3", group: "“a” = b, c+d", said: "50 %" };
    expect(readSearch(writeSearch(search))).toEqual(search);
  });

  it("still reads links from before, with quotes", () => {
    expect(readSearch("?context=%223%22&min_votes=5&group=%22from_30%22")).toEqual({ context: "3", min_votes: "5", group: "from_30" });
    expect(readSearch("?q=%22half")).toEqual({ q: "\"half" });
  });
});
