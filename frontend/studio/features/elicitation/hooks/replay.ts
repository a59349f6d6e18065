/** An interview as it happened: when somebody typed, how long replies took, when the card was worded; long silences cut short. */
import type { Transcript, TranscriptTurn } from "../api/types";
import { characters } from "./passages";

type Wording = Transcript["wordings"][number];

/** Silence longer than this is shown as this. */
const SILENCE_MS = 5000;
const UNKNOWN_TYPING_MS = 2000;

/** What happens at one time of the interview: words are typed, a reply is waited for and comes, or the card is worded. */
interface Scene {
  /** In the time of the interview. */
  from: number;
  to: number;
  turn?: TranscriptTurn;
  wording?: Wording;
  /** For a reply: when its first word came. */
  firstWord?: number;
}

/** A stretch of the interview that is played as it was; between stretches time is cut short. */
interface Reel {
  from: number;
  to: number;
  plays: number;
}

/** All of it, ready to be played. `duration` and the marks are in the time of the replay, in milliseconds. */
export interface Timeline {
  scenes: readonly Scene[];
  reels: readonly Reel[];
  duration: number;
  /** Where something begins that one may want to jump to. */
  stops: readonly number[];
  /** How much silence was left out. */
  leftOut: number;
}

/** One turn at one moment of the replay. */
export interface TurnThen {
  position: number;
  text: string;
  doing: "typing" | "waiting" | "said";
}

/** What there was to see at one moment. */
export interface Then {
  turns: readonly TurnThen[];
  wording?: Wording;
  /** The time of the interview, in milliseconds since 1970. */
  at: number;
}

function secondsOf(turn: TranscriptTurn, name: string): number | undefined {
  const value: unknown = turn.engine[name];
  return typeof value === "number" && value >= 0 ? value * 1000 : undefined;
}

function sceneOf(turn: TranscriptTurn, before: TranscriptTurn | undefined): Scene {
  const to = Date.parse(turn.at);
  if (turn.speaker === "person") {
    const typed = turn.trace.at(-1)?.[0] ?? UNKNOWN_TYPING_MS;
    return { turn, to, from: to - typed };
  }
  const asked = before?.speaker === "person" ? Date.parse(before.at) : to;
  const whole = secondsOf(turn, "seconds");
  const first = secondsOf(turn, "first_token_seconds") ?? whole;
  return { turn, to, from: Math.min(asked, to), firstWord: whole === undefined || first === undefined ? to : Math.max(to - whole + first, asked) };
}

/** Make a timeline of what is there; turns that never came are left out. */
export function timelineOf({ turns, wordings }: Pick<Transcript, "turns" | "wordings">): Timeline {
  const said = turns.filter(({ state }) => state === "complete");
  const scenes = [
    ...said.map((turn, place) => sceneOf(turn, said[place - 1])),
    ...wordings.map((wording) => ({ wording, from: Date.parse(wording.at), to: Date.parse(wording.at) })),
  ].sort((a, b) => a.to - b.to);
  const reels = reelsOf(scenes);
  const last = reels.at(-1);
  const duration = last ? last.plays + last.to - last.from : 0;
  const whole = last ? last.to - (reels[0]?.from ?? last.to) : 0;
  const bare: Timeline = { scenes, reels, duration, stops: [], leftOut: Math.max(whole - duration, 0) };
  const stops = [...new Set([0, ...scenes.map(({ to }) => placeOf(bare, to)), duration])].sort((a, b) => a - b);
  return { ...bare, stops };
}

function reelsOf(scenes: readonly Scene[]): Reel[] {
  const reels: Reel[] = [];
  for (const { from, to } of [...scenes].sort((a, b) => a.from - b.from)) {
    const last = reels.at(-1);
    if (last && from <= last.to + SILENCE_MS) last.to = Math.max(last.to, to);
    else reels.push({ from, to, plays: last ? last.plays + last.to - last.from + SILENCE_MS : 0 });
  }
  return reels;
}

/** Where a time of the interview lies in the replay. */
export function placeOf({ reels }: Pick<Timeline, "reels">, at: number): number {
  const reel = reels.findLast(({ from }) => from <= at) ?? reels[0];
  return reel ? reel.plays + Math.min(Math.max(at - reel.from, 0), reel.to - reel.from) : 0;
}

/** The time of the interview at a place of the replay. */
export function timeAt({ reels }: Pick<Timeline, "reels">, place: number): number {
  const reel = reels.findLast(({ plays }) => plays <= place) ?? reels[0];
  return reel ? Math.min(reel.from + Math.max(place - reel.plays, 0), reel.to) : 0;
}

function share(text: string, part: number): string {
  const all = characters(text);
  return all.slice(0, Math.round(all.length * Math.min(Math.max(part, 0), 1))).join("");
}

/** How much of an answer stood there so long after its first key: how many characters, not which ones. */
function typedShare(turn: TranscriptTurn, after: number): number {
  const last = turn.trace.at(-1);
  if (!last || last[1] === undefined || last[1] === 0) return after / UNKNOWN_TYPING_MS;
  const point = turn.trace.findLast(([at]) => (at ?? 0) <= after);
  return (point?.[1] ?? 0) / last[1];
}

function turnThen(scene: Scene, turn: TranscriptTurn, at: number): TurnThen | undefined {
  const { position, text } = turn;
  if (at >= scene.to) return { position, text, doing: "said" };
  if (at < scene.from) return undefined;
  if (turn.speaker === "person") return { position, text: share(text, typedShare(turn, at - scene.from)), doing: "typing" };
  const first = scene.firstWord ?? scene.to;
  if (at < first) return { position, text: "", doing: "waiting" };
  return { position, text: share(text, (at - first) / Math.max(scene.to - first, 1)), doing: "typing" };
}

/** What there was to see at a place of the replay. */
export function thenAt(timeline: Timeline, place: number): Then {
  const at = timeAt(timeline, place);
  const turns = timeline.scenes
    .flatMap((scene) => (scene.turn ? [turnThen(scene, scene.turn, at)] : []))
    .filter((turn) => turn !== undefined)
    .sort((a, b) => a.position - b.position);
  return { at, turns, wording: timeline.scenes.findLast(({ wording, to }) => wording !== undefined && to <= at)?.wording };
}

/** The next stop after a place, or the one before it; the ends are stops. */
export function stopFrom({ stops, duration }: Pick<Timeline, "stops" | "duration">, place: number, by: 1 | -1): number {
  return by === 1 ? stops.find((stop) => stop > place + 1) ?? duration : stops.findLast((stop) => stop < place - 1) ?? 0;
}

/** A length of time as a clock shows it. */
export function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
