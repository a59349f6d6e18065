import { expect, it } from "vitest";
import { run } from "../testing/runs";
import { aroundData, canResume, placeText, timeLeft } from "./states";

it("says how long a run still takes as people say it", () => {
  expect([5, 60, 100, 1500, 5700, 90_000, 260_000].map(timeLeft)).toEqual([
    "less than half a minute left", "about a minute left", "about 2 minutes left", "about 25 minutes left", "about 2 hours left", "about 25 hours left", "about 3 days left",
  ]);
});

it("says where a run waits", () => {
  expect([1, 3].map(placeText)).toEqual(["next in the queue", "number 3 in the queue"]);
});

it("says of a run that has ended what it was trained on, not that it goes on", () => {
  const at = (given: Parameters<typeof run>[0]): string => aroundData(run(given)).join(" Advice");

  expect(at({ state: "running" })).toBe("Trains on Advice. You may close this page; the run goes on.");
  expect(at({ state: "queued" })).toBe("Trains on Advice when its turn comes. You may close this page.");
  expect(at({ state: "succeeded" })).toBe("Trained on Advice.");
  expect(at({ state: "cancelled", step: 20 })).toBe("Trained on Advice as far as step 20 of 100.");
  expect(at({ state: "failed", step: 0 })).toBe("Is to train on Advice, and has made no step yet.");
  expect(at({ state: "cancelled", away_since: "2026-11-20T10:00:00Z" })).toBe("Trains on Advice.");
});

it("resumes what was stopped or has failed, and trains nowhere else", () => {
  expect((["queued", "running", "succeeded", "failed", "cancelled"] as const).filter((state) => canResume(run({ state })))).toEqual(["failed", "cancelled"]);
  expect(canResume(run({ state: "cancelled", away_since: "2026-11-20T10:00:00Z" }))).toBe(false);
});
