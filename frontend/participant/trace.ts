/** How an answer is typed, for those who look at the interview later: when, and how long the text was; no letters. */

/** Milliseconds since the first key, and characters so far. */
export type Point = [at: number, characters: number];

const EVERY_MS = 1000;
const MOST_POINTS = 600;

/** Takes at most one point a second; a long answer keeps fewer points, evenly spread. */
export class Trace {
  #points: Point[] = [];
  #began = 0;
  #every = EVERY_MS;

  constructor(readonly field: HTMLTextAreaElement) {
    field.addEventListener("input", () => { this.#note(); });
  }

  /** What was noted since the last answer, up to now; begins anew. */
  take(): Point[] {
    if (this.#points.length > 0) this.#add();
    const points = this.#points;
    this.#points = [];
    this.#every = EVERY_MS;
    return points;
  }

  #note(): void {
    const last = this.#points.at(-1);
    if (last === undefined) this.#began = Date.now();
    else if (Date.now() - this.#began - last[0] < this.#every) return;
    this.#add();
  }

  #add(): void {
    if (this.#points.length >= MOST_POINTS) {
      this.#points = this.#points.filter((_, place) => place % 2 === 0);
      this.#every *= 2;
    }
    // A clock that is set back must not make time run backwards.
    const at = Math.max(Date.now() - this.#began, this.#points.at(-1)?.[0] ?? 0);
    this.#points.push([at, this.field.value.length]);
  }
}
