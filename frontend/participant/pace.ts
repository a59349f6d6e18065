/** Reading pace: a reply that came all at once appears word by word, as fast as one reads. */
import type { Turn } from "./transcript";

const STEP_MS = 50;

/** How fast, and what to do when more is to be seen. */
export interface PaceOptions {
  /** 0 shows everything at once; so do people who asked their device for less motion. */
  wordsPerSecond: number;
  onStep: () => void;
}

interface Slowed {
  begunAt: number;
  /** Where each word that was not seen yet ends. */
  ends: number[];
}

function wordEnds(text: string, from: number): number[] {
  return [...text.slice(from).matchAll(/\S+\s*/g)].map((word) => from + word.index + word[0].length);
}

/** Holds back what came faster than one reads. Time decides, so that a tab in the background does not fall behind. */
export class Pace {
  readonly #slowed = new Map<number, Slowed>();
  readonly #options: PaceOptions;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Whether something is held back. */
  get busy(): boolean {
    return this.#slowed.size > 0;
  }

  /** A reply is whole; `seen` is how much of it stood there before. */
  begin(position: number, text: string, seen: string): void {
    const still = typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;
    const ends = text.startsWith(seen) ? wordEnds(text, seen.length) : [];
    if (!(this.#options.wordsPerSecond > 0) || still || ends.length === 0) return;
    this.#slowed.set(position, { begunAt: Date.now(), ends });
    this.#timer ??= setInterval(() => { this.#step(); }, STEP_MS);
  }

  /** The turn as it is to be drawn now. */
  slow(turn: Turn): Turn {
    const slowed = this.#slowed.get(turn.position);
    if (!slowed || turn.state !== "complete") return turn;
    const end = slowed.ends[this.#seen(slowed) - 1] ?? 0;
    return { ...turn, text: turn.text.slice(0, end), state: "writing" };
  }

  /** Show all of it now. */
  finish(): void {
    this.#slowed.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #seen({ begunAt }: Slowed): number {
    return 1 + Math.floor(((Date.now() - begunAt) / 1000) * this.#options.wordsPerSecond);
  }

  #step(): void {
    for (const [position, slowed] of this.#slowed) if (this.#seen(slowed) >= slowed.ends.length) this.#slowed.delete(position);
    if (!this.busy) this.finish();
    this.#options.onStep();
  }
}
