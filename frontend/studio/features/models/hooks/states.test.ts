import { expect, it } from "vitest";
import { placeText, timeLeft } from "./states";

it("says how long a run still takes as people say it", () => {
  expect([5, 60, 100, 1500, 5700, 90_000, 260_000].map(timeLeft)).toEqual([
    "less than half a minute left", "about a minute left", "about 2 minutes left", "about 25 minutes left", "about 2 hours left", "about 25 hours left", "about 3 days left",
  ]);
});

it("says where a run waits", () => {
  expect([1, 3].map(placeText)).toEqual(["next in the queue", "number 3 in the queue"]);
});
