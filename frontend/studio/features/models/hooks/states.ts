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
export function canResume(state: RunState): boolean {
  return state === "cancelled" || state === "failed";
}
