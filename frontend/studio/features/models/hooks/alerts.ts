/** What somebody must hear about a run, in words, and where its log tells of it. Pure. */
import type { Run, RunAlert, RunRow } from "../api/types";

/** A title for each kind. */
export const ALERT_TITLES: Record<RunAlert["kind"], string> = {
  nan: "The loss is not a number",
  divergence: "The loss diverges",
  stall: "Nothing is heard of this run",
  disk: "The disk is full",
  lost_worker: "The worker was lost",
  failure: "The run failed",
};

const SAID_BY_TRAINER: readonly RunAlert["kind"][] = ["nan", "divergence", "disk"];
const ENOUGH = 60;

/** The alerts of a run that are not over, the newest first. */
export function lasting({ alerts }: Pick<RunRow, "alerts">): RunAlert[] {
  return alerts.filter(({ ended_at }) => ended_at === null);
}

/** The alert of what would break the run at the same step again, were it resumed. */
export function brokenBy(run: Pick<RunRow, "alerts">): RunAlert | undefined {
  return lasting(run).find(({ kind }) => kind === "nan");
}

/** Whether resuming the run is what an alert asks for: not where it would come to the same step again. */
export function asksToResume({ kind }: RunAlert): boolean {
  return kind === "disk" || kind === "failure" || kind === "lost_worker";
}

/** Whether stopping the run may be what an alert asks for. */
export function asksToStop({ kind }: RunAlert): boolean {
  return kind === "divergence" || kind === "stall";
}

/** The words by which the log is opened where an alert arose, empty where it tells nothing of it. */
export function placeInLog({ kind, message, lines }: RunAlert): string {
  return SAID_BY_TRAINER.includes(kind) ? message.slice(0, ENOUGH) : lines.at(-1) ?? "";
}

/** Whether the run's own sentence is that of an alert that lasts, cut where it is long. */
export function isSaidByAlert(run: Pick<Run, "alerts" | "message">): boolean {
  return run.message !== "" && lasting(run).some(({ message }) => message.startsWith(run.message));
}

/** Where the last line of a text that holds some words begins and ends. */
export function lineOf(text: string, words: string): { from: number; to: number } | null {
  const at = words === "" ? -1 : text.lastIndexOf(words);
  if (at < 0) return null;
  const end = text.indexOf("\n", at);
  return { from: text.lastIndexOf("\n", at) + 1, to: end < 0 ? text.length : end };
}
