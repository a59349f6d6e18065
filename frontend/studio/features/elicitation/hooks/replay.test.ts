import { describe, expect, it } from "vitest";
import type { Transcript, TranscriptTurn } from "../api/types";
import { clock, placeOf, stopFrom, thenAt, timeAt, timelineOf } from "./replay";

const BEGAN = Date.parse("2026-03-01T12:00:00Z");
const time = (seconds: number): string => new Date(BEGAN + seconds * 1000).toISOString();

function turn(position: number, seconds: number, change: Partial<TranscriptTurn> = {}): TranscriptTurn {
  return {
    position, speaker: position % 2 === 0 ? "interviewer" : "person", text: "0123456789", state: "complete",
    attempt: 1, move: "", engine: {}, trace: [], at: time(seconds), ...change,
  };
}

function wording(seconds: number, title: string): Transcript["wordings"][number] {
  return { id: seconds, number: 1, by: "person", at: time(seconds), title, summary: "", policies: [], put_away: false };
}

const SAID = [
  turn(0, 0),
  turn(1, 20, { trace: [[0, 1], [5000, 5], [10_000, 10]] }),
  turn(2, 24, { engine: { first_token_seconds: 1, seconds: 4 } }),
];

describe("a timeline", () => {
  const line = timelineOf({ turns: SAID, wordings: [] });

  it("shows how much was typed at each moment", () => {
    const then = (seconds: number): (string | undefined)[] => {
      const found = thenAt(line, placeOf(line, BEGAN + seconds * 1000)).turns.find(({ position }) => position === 1);
      return [found?.doing, found?.text];
    };

    expect(then(9)).toEqual([undefined, undefined]);
    expect(then(15)).toEqual(["typing", "01234"]);
    expect(then(20)).toEqual(["said", "0123456789"]);
  });

  it("waits for a reply as long as it took, then lets it come", () => {
    const then = (seconds: number): (string | undefined)[] => {
      const found = thenAt(line, placeOf(line, BEGAN + seconds * 1000)).turns.find(({ position }) => position === 2);
      return [found?.doing, found?.text];
    };

    expect(then(20.5)).toEqual(["waiting", ""]);
    expect(then(22.5)).toEqual(["typing", "01234"]);
    expect(then(24)).toEqual(["said", "0123456789"]);
  });

  it("cuts a long silence short and says how much it left out", () => {
    // The interviewer spoke at 0 s and the person began at 10 s: five of the ten seconds are left out.
    expect(line.duration).toBe(5000 + 14_000);
    expect(line.leftOut).toBe(5000);
    expect(timeAt(line, 5000) - BEGAN).toBe(10_000);
  });

  it("never takes a day over a pause of a day", () => {
    const slow = timelineOf({ turns: [turn(0, 0), turn(1, 86_400)], wordings: [] });

    expect(slow.duration).toBe(7000);
  });

  it("steps from turn to turn, and stays at its ends", () => {
    expect(line.stops).toEqual([0, 15_000, 19_000]);
    expect(stopFrom(line, 0, 1)).toBe(15_000);
    expect(stopFrom(line, 15_000, 1)).toBe(19_000);
    expect(stopFrom(line, 19_000, 1)).toBe(19_000);
    expect(stopFrom(line, 16_000, -1)).toBe(15_000);
    expect(stopFrom(line, 0, -1)).toBe(0);
  });

  it("shows the card as it was worded then", () => {
    const cards = timelineOf({ turns: SAID, wordings: [wording(30, "First"), wording(60, "Second")] });

    expect(thenAt(cards, placeOf(cards, BEGAN + 29_000)).wording).toBeUndefined();
    expect(thenAt(cards, placeOf(cards, BEGAN + 31_000)).wording?.title).toBe("First");
    expect(thenAt(cards, cards.duration).wording?.title).toBe("Second");
  });

  it("of nothing is nothing", () => {
    expect(timelineOf({ turns: [], wordings: [] })).toMatchObject({ duration: 0, leftOut: 0 });
  });
});

it("shows a length of time as a clock does", () => {
  expect(clock(65_400)).toBe("1:05");
});
