import { describe, expect, it } from "vitest";
import type { RoomParticipant } from "../api/types";
import { countsByKind, isShown, moved, reachedBy, standingOf, waitsOf, withEvent, withParticipant } from "./standing";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();
const row = (change: Partial<RoomParticipant>): RoomParticipant => ({
  id: "1", step: "interview", exit: "", simulated: false, persona: "", language: "en", question: "advice", answers: 1,
  reply_seconds: [], waiting: false, paused: false, extra_turns: 0, started_at: ago(600), last_said_at: ago(20),
  last_seen_at: ago(10), completed_at: null, withdrawn_at: null, ...change,
});

describe("how a participant stands", () => {
  it.each([
    [{}, "here"],
    [{ last_seen_at: ago(200) }, "gone"],
    [{ last_seen_at: null }, "gone"],
    [{ waiting: true, last_said_at: ago(31) }, "waits for a reply"],
    [{ waiting: true, last_said_at: ago(29) }, "here"],
    [{ last_said_at: ago(301) }, "silent for a while"],
    [{ last_said_at: ago(301), step: "votes" }, "here"],
    [{ paused: true, last_seen_at: ago(200) }, "paused"],
    [{ step: "done", last_seen_at: ago(9000) }, "done"],
    [{ step: "over_quota" }, "left"],
    [{ simulated: true, last_seen_at: null }, "made up"],
  ] as const)("%o is %s", (change, word) => {
    expect(standingOf(row(change), NOW).word).toBe(word);
  });
});

describe("the room as it moves", () => {
  it("puts a changed participant in their place and a new one on top", () => {
    const rows = [row({ id: "1" }), row({ id: "2" })];

    expect(withParticipant(rows, row({ id: "2", answers: 7 })).map(({ answers }) => answers)).toEqual([1, 7]);
    expect(withParticipant(rows, row({ id: "3" })).map(({ id }) => id)).toEqual(["3", "1", "2"]);
  });

  it("counts a step as reached when somebody comes to it, not when they go back or are simulated", () => {
    const steps = ["interview", "card"].map((step) => ({ step, reached: 1, median_minutes: null }));
    const counts = (from: string | undefined, change: Partial<RoomParticipant>): number[] => reachedBy(steps, from, row(change)).map(({ reached }) => reached);

    expect(counts(undefined, { step: "interview" })).toEqual([2, 1]);
    expect(counts("interview", { step: "card" })).toEqual([1, 2]);
    expect(counts("card", { step: "interview" })).toEqual([1, 1]);
    expect(counts("interview", { step: "card", simulated: true })).toEqual([1, 1]);
  });

  it("counts a participant once, at the step where they stand now", () => {
    expect(moved({ interview: 2, card: 0 }, "interview", "card")).toEqual({ interview: 1, card: 1 });
    expect(moved({ interview: 2 }, undefined, "interview")).toEqual({ interview: 3 });
    expect(moved({ interview: 2 }, "interview", "interview")).toEqual({ interview: 2 });
  });
});

describe("who is shown", () => {
  const here = row({ id: "1", last_seen_at: ago(5), last_said_at: ago(5) });
  const paused = row({ id: "2", paused: true, last_seen_at: ago(5) });
  const done = row({ id: "3", step: "done" });

  it("is everyone, those inside, or those who need help", () => {
    const ids = (shown: "everyone" | "inside" | "needs"): string[] => [here, paused, done].filter((one) => isShown(one, shown, NOW)).map(({ id }) => id);

    expect(ids("everyone")).toEqual(["1", "2", "3"]);
    expect(ids("inside")).toEqual(["1", "2"]);
    expect(ids("needs")).toEqual(["2"]);
  });

  it("is the simulated ones alone where these are asked for, and never among those who need help", () => {
    const walks = row({ id: "4", simulated: true, persona: "hostile", paused: true, last_seen_at: ago(5) });
    const ids = (shown: "everyone" | "inside" | "needs" | "simulated"): string[] => [here, walks].filter((one) => isShown(one, shown, NOW)).map(({ id }) => id);

    expect([ids("everyone"), ids("inside"), ids("needs"), ids("simulated")]).toEqual([["1", "4"], ["1"], [], ["4"]]);
    expect(countsByKind([here, walks], NOW).needs).toBe(0);
    expect(countsByKind([here, walks], NOW, "simulated")).toEqual({ here: 0, needs: 1, gone: 0, done: 0, left: 0 });
  });

  it("is counted by how they stand", () => {
    expect(countsByKind([here, paused, done], NOW)).toEqual({ here: 1, needs: 1, gone: 0, done: 1, left: 0 });
  });

  it("never grows beyond what the server lists", () => {
    const many = Array.from({ length: 500 }, (_, place) => row({ id: `old-${place}` }));

    expect(withParticipant(many, row({ id: "new" }))).toHaveLength(500);
  });
});

it("says how long people waited, without simulated ones", () => {
  const waits = [row({ id: "1", reply_seconds: [1, 2, 3, 4] }), row({ id: "2", reply_seconds: [90], simulated: true })];

  expect(waitsOf(waits)).toEqual({ n: 4, median: 2, p95: 4 });
  expect(waitsOf(waits, "simulated")).toEqual({ n: 1, median: 90, p95: 90 });
  expect(waitsOf([]).median).toBeUndefined();
});

describe("a room that is watched", () => {
  const steps = [{ step: "interview", reached: 1, median_minutes: null }, { step: "card", reached: 0, median_minutes: null }];
  const room = { counts: { interview: 1, card: 0 }, total: 1, link: "/s/tea/", steps, seq: 4, participants: [row({ id: "1", step: "interview" })] };

  it("counts somebody who goes on at once, and believes what the server then says of the steps", () => {
    const gone = withEvent(room, row({ id: "1", step: "card" }), 5);
    const told = withEvent(gone, { steps: [{ step: "interview", reached: 6, median_minutes: 4.5 }] }, 6);

    expect([gone.counts, gone.steps.map(({ reached }) => reached), gone.seq]).toEqual([{ interview: 0, card: 1 }, [1, 1], 5]);
    expect([told.steps, told.seq, told.counts]).toEqual([[{ step: "interview", reached: 6, median_minutes: 4.5 }], 6, gone.counts]);
  });

  it("counts nobody of a pilot, and lists them after people", () => {
    const walked = withEvent(room, row({ id: "2", step: "card", simulated: true, persona: "terse" }), 5);
    const joined = withEvent(walked, row({ id: "3", step: "interview" }), 6);

    expect([walked.total, walked.counts, walked.steps.map(({ reached }) => reached)]).toEqual([1, { interview: 1, card: 0 }, [1, 0]]);
    expect(joined.participants.map(({ id }) => id)).toEqual(["3", "1", "2"]);
  });

  it("counts somebody who comes in", () => {
    expect(withEvent(room, row({ id: "2", step: "interview" }), 5).total).toBe(2);
  });
});
