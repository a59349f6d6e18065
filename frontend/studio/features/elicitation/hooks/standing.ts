/** How a participant stands at a glance, from times alone. */
import type { Room, RoomEvent, RoomParticipant, RoomStep } from "../api/types";

const STUCK_MS = 5 * 60_000;
const WAITING_MS = 30_000;
const GONE_MS = 150_000;
/** As many as the server lists. */
const MOST_ROWS = 500;
const ENDS = new Set(["withdrawn", "ineligible", "screened_out", "over_quota", "failed"]);

/** The words for how somebody stands; `needs` marks who may need help. */
export interface Standing {
  word: string;
  kind: "here" | "needs" | "gone" | "done" | "left";
}

function since(time: string | null, now: number): number {
  return time === null ? Infinity : now - new Date(time).getTime();
}

/** Paused, stuck, gone, done and so on; the first that holds. */
export function standingOf(row: RoomParticipant, now: number): Standing {
  if (row.step === "done") return { word: "done", kind: "done" };
  if (ENDS.has(row.step)) return { word: "left", kind: "left" };
  if (row.simulated && row.last_seen_at === null) return { word: "made up", kind: "done" };
  if (row.paused) return { word: "paused", kind: "needs" };
  const seen = since(row.last_seen_at, now);
  if (seen > GONE_MS) return { word: "gone", kind: "gone" };
  const silent = Math.min(since(row.last_said_at, now), since(row.started_at, now));
  if (row.waiting && since(row.last_said_at, now) > WAITING_MS) return { word: "waits for a reply", kind: "needs" };
  if (row.step === "interview" && !row.waiting && silent > STUCK_MS) return { word: "silent for a while", kind: "needs" };
  return { word: "here", kind: "here" };
}

/** Whether somebody is in the room's figures: people are, and the demo's made-up ones in the demo; those of a pilot never. */
export function counts({ simulated, persona }: Pick<RoomParticipant, "simulated" | "persona">): boolean {
  return !simulated || persona === "demo";
}

/** Which people of the room are shown. */
export const SHOWN = ["everyone", "inside", "needs", "simulated"] as const;
export type Shown = (typeof SHOWN)[number];

/** Whether somebody belongs to those that are shown; who is gone may come back, so they count as inside. */
export function isShown(row: RoomParticipant, shown: Shown, now: number): boolean {
  const { kind } = standingOf(row, now);
  if (shown === "everyone") return true;
  if (shown === "simulated") return row.simulated;
  if (!counts(row)) return false;
  return shown === "needs" ? kind === "needs" : kind === "here" || kind === "needs" || kind === "gone";
}

/** Whom a figure is about; simulated ones are never among people, but for the demo's own where people are counted by how they stand. */
export type Whom = "people" | "simulated";

/** How many stand how: here, in need of help, gone, done, left. */
export function countsByKind(rows: readonly RoomParticipant[], now: number, whom: Whom = "people"): Record<Standing["kind"], number> {
  const found = { here: 0, needs: 0, gone: 0, done: 0, left: 0 };
  for (const row of rows.filter((one) => (whom === "people" ? counts(one) : one.simulated))) found[standingOf(row, now).kind] += 1;
  return found;
}

/** How long people waited for replies: half of the waits, and all but one in twenty, were at most this long. */
export function waitsOf(rows: readonly RoomParticipant[], whom: Whom = "people"): { n: number; median?: number; p95?: number } {
  const seconds = rows.filter(({ simulated }) => simulated === (whom === "simulated")).flatMap(({ reply_seconds: waits }) => waits).sort((a, b) => a - b);
  const at = (part: number): number | undefined => seconds[Math.max(Math.ceil(seconds.length * part) - 1, 0)];
  return { n: seconds.length, median: at(0.5), p95: at(0.95) };
}

/** The rows with one participant put in: in their place, or where they are new on top of their kind, people before simulated ones. */
export function withParticipant(rows: readonly RoomParticipant[], changed: RoomParticipant): readonly RoomParticipant[] {
  if (rows.some(({ id }) => id === changed.id)) return rows.map((row) => (row.id === changed.id ? changed : row));
  const first = changed.simulated ? rows.findIndex(({ simulated }) => simulated) : 0;
  const at = first < 0 ? rows.length : first;
  return [...rows.slice(0, at), changed, ...rows.slice(at)].slice(0, MOST_ROWS);
}

/** The counts after one participant moved from a step to another. */
export function moved(counts: Readonly<Record<string, number>>, from: string | undefined, to: string): Record<string, number> {
  if (from === to) return { ...counts };
  const next = { ...counts, [to]: (counts[to] ?? 0) + 1 };
  if (from !== undefined) next[from] = Math.max((next[from] ?? 1) - 1, 0);
  return next;
}

/** The steps after one participant moved: a step forward is reached once more; going back reaches nothing new. */
export function reachedBy(steps: readonly RoomStep[], from: string | undefined, changed: RoomParticipant): RoomStep[] {
  const place = (step: string | undefined): number => steps.findIndex((listed) => listed.step === step);
  const isForward = !changed.simulated && place(changed.step) > place(from);
  return steps.map((step) => (isForward && step.step === changed.step ? { ...step, reached: step.reached + 1 } : step));
}

/** The room after one event of its stream: somebody stands otherwise, or more is known of how far people come. */
export function withEvent(room: Room, data: RoomEvent, seq: number): Room {
  if ("steps" in data) return { ...room, seq, steps: data.steps };
  const before = room.participants.find(({ id }) => id === data.id);
  return {
    ...room,
    seq,
    total: before === undefined && counts(data) ? room.total + 1 : room.total,
    counts: counts(data) ? moved(room.counts, before?.step, data.step) : room.counts,
    steps: reachedBy(room.steps, before?.step, data),
    participants: withParticipant(room.participants, data),
  };
}
