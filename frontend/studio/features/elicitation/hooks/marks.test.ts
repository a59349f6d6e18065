import { describe, expect, it } from "vitest";
import type { Passage, Transcript } from "../api/types";
import { countFound, marksOn } from "./marks";

const TEXT = "I noticed that she went quiet. Quiet is a word.";
const wording: Transcript["wordings"][number] = {
  id: 1, number: 1, by: "interviewer", at: "2026-03-01T12:00:00Z", title: "", summary: "", put_away: false,
  policies: [{ attended: "SILENCES", qualifier: "", quotes: [{ quote: "she went quiet", turn: 1 }, { quote: "a word", turn: 3 }] }],
};
const passage: Passage = { id: 7, position: 1, start: 0, end: 9, code: 1, memo: "", by: "robin", at: "2026-03-01T12:00:00Z" };

describe("marks on a turn", () => {
  it("are the words that the card rests on, in that turn alone", () => {
    expect(marksOn(1, TEXT, { wording, passages: [], found: "" })).toEqual([{ start: 15, end: 29, kind: "quote", id: "line-0" }]);
    expect(marksOn(2, TEXT, { wording, passages: [], found: "" })).toEqual([]);
  });

  it("are what was noted, looked for and chosen as well", () => {
    const kinds = marksOn(1, TEXT, { passages: [passage], found: "quiet", chosen: { position: 1, start: 2, end: 4 } }).map(({ kind }) => kind);

    expect(kinds).toEqual(["passage", "found", "found", "chosen"]);
  });
});

it("counts what is found in all turns", () => {
  const turn = { position: 0, speaker: "person", text: TEXT, state: "complete", attempt: 1, move: "", engine: {}, trace: [], at: "" } as const;

  expect(countFound([{ ...turn, trace: [] }], "quiet")).toBe(2);
});
