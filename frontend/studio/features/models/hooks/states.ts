/** The states of a run in words, and what may be done in each. */
import { count } from "@/lib/numbers";
import type { RunRow, RunState } from "../api/types";

/** A word for each state. */
export const STATE_WORDS: Record<RunState, string> = {
  queued: "Waiting for the trainer",
  running: "Training",
  succeeded: "Finished",
  failed: "Failed",
  cancelled: "Stopped",
};

/** The badge of a state. */
export function badgeOf(state: RunState): string {
  const looks: Record<RunState, string> = { queued: "badge", running: "badge is-active", succeeded: "badge is-good", failed: "badge is-bad", cancelled: "badge is-warning" };
  return looks[state];
}

/** Where a run that waits stands in the queue. */
export function placeText(place: number): string {
  return place === 1 ? "next in the queue" : `number ${count(place)} in the queue`;
}

/** How long a run still takes, as one says it. */
export function timeLeft(seconds: number): string {
  if (seconds < 90) return seconds < 20 ? "less than half a minute left" : "about a minute left";
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${count(minutes)} minutes left`;
  const hours = seconds / 3600;
  return hours < 48 ? `about ${count(hours)} hours left` : `about ${count(hours / 24)} days left`;
}

/** Whether the run may be stopped now. */
export function canStop(state: RunState): boolean {
  return state === "queued" || state === "running";
}

/** Whether another machine may train the run. */
export function canLeave({ state, away_since: away }: Pick<RunRow, "state" | "away_since">): boolean {
  return away === null && state !== "running" && state !== "succeeded";
}

/** Whether the run may go on from its last checkpoint. */
export function canResume({ state, away_since: away }: Pick<RunRow, "state" | "away_since">): boolean {
  return away === null && (state === "cancelled" || state === "failed");
}

/** What stands before and after the name of the data set that a run trains or trained on. */
export function aroundData({ state, step, total_steps: total, away_since: away }: Pick<RunRow, "state" | "step" | "total_steps" | "away_since">): [string, string] {
  if (away !== null) return ["Trains on", "."];
  if (state === "queued") return ["Trains on", " when its turn comes. You may close this page."];
  if (state === "running") return ["Trains on", ". You may close this page; the run goes on."];
  if (state === "succeeded") return ["Trained on", "."];
  return step > 0 ? ["Trained on", ` as far as step ${count(step)} of ${count(total)}.`] : ["Is to train on", ", and has made no step yet."];
}
