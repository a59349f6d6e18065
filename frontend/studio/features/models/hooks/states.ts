/** The states of a run in words, and what may be done in each. */
import type { RunState } from "../api/types";

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

/** Whether the run may be stopped now. */
export function canStop(state: RunState): boolean {
  return state === "queued" || state === "running";
}

/** Whether the run may go on from its last checkpoint. */
export function canResume(state: RunState): boolean {
  return state === "cancelled" || state === "failed";
}
