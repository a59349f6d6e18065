import { describe, expect, it } from "vitest";
import type { PilotTotal } from "../api/types";
import { costWord, findingOf, kindWord, minutesWord, pilotedWord, pilotRuns, rulesWord } from "./pilots";

const total = (change: Partial<PilotTotal>): PilotTotal => ({
  kind: "", walks: 6, ended: 6, arrived: 6, failed: 0, turns: 45, minutes_median: 12, waiting_minutes_median: 0.1,
  reading_minutes_median: 8, typing_minutes_median: 4, first_reply_median_seconds: 0.03, first_reply_longest_seconds: 0.3,
  prompt_tokens: 0, completion_tokens: 0, cost: null, share_quoted_median: 1, findings: {}, injections: 8, injections_with_effect: 0, ...change,
});

describe("what a pilot found", () => {
  it("is said in a sentence", () => {
    expect(findingOf({ total: total({}), changed: [], compared: 72, compared_others: 66 })).toBe("6 of 6 came to the end; nobody was stuck. None of 8 injections had an effect. What 66 others had said and made is as it was before.");
  });

  it("says what went wrong", () => {
    const said = findingOf({ total: total({ arrived: 4, failed: 2, injections_with_effect: 1 }), changed: ["a"], compared: 66, compared_others: 60 });

    expect(said).toContain("4 of 6 came to the end; 2 failed on the way.");
    expect(said).toContain("1 of 8 injections had an effect");
    expect(said).toContain("What 1 other had said or made is not as it was before.");
  });

  it("calls those who walked along no others, where nobody else has said anything", () => {
    const said = findingOf({ total: total({ injections: 0 }), changed: [], compared: 6, compared_others: 0 });

    expect(said).toBe("6 of 6 came to the end; nobody was stuck. Nobody but the 6 of this pilot has said anything here; what they said is as they left it.");
    expect(findingOf({ total: total({ injections: 0 }), changed: [], compared: 0, compared_others: 0 })).toBe("6 of 6 came to the end; nobody was stuck.");
    expect(findingOf({ total: total({}), changed: [], compared: 7, compared_others: 1 })).toContain("What 1 other had said and made is as it was before.");
  });

  it("claims nothing before anybody came to an end", () => {
    expect(findingOf({ total: total({ ended: 0, arrived: 0 }), changed: [], compared: null, compared_others: null })).toBe("Nobody has come to an end yet.");
  });
});

it("lists the linter's rules in their order", () => {
  expect(rulesWord({ findings: { 13: 2, 5: 1 } })).toBe("rule 5: 1, rule 13: 2");
  expect(rulesWord({ findings: {} })).toBe("none");
});

it("says a cost only where a price is known", () => {
  expect(costWord({ prompt_tokens: 0, completion_tokens: 0, cost: 0 })).toBe("none");
  expect(costWord({ prompt_tokens: 1200, completion_tokens: 30, cost: null })).toBe("1,200 read, 30 written");
  expect(costWord({ prompt_tokens: 1200, completion_tokens: 30, cost: 0.0123 })).toBe("1,200 read, 30 written: 0.0123");
});

it("says less than a minute in seconds", () => {
  expect([minutesWord(0.05), minutesWord(12.34), minutesWord(null)]).toEqual(["3.0 s", "12.3 min", "–"]);
});

it("names what was piloted, and whom", () => {
  expect([pilotedWord({ version: null, revision: 3 }), pilotedWord({ version: 2, revision: null })]).toEqual(["the draft, revision 3", "version 2"]);
  expect([kindWord("off_topic"), kindWord("unheard")]).toEqual(["Off topic", "unheard"]);
  expect([pilotRuns({ state: "queued" }), pilotRuns({ state: "cancelled" })]).toEqual([true, false]);
});
