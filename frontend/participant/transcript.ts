/** The interview as this browser knows it: what was said, and how much of a reply has arrived. No page, no socket. */

/** Who said something. */
export type Speaker = "person" | "interviewer";

/** One turn as the server tells it. */
export interface Turn {
  position: number;
  speaker: Speaker;
  text: string;
  state: "complete" | "pending" | "writing" | "failed";
  attempt: number;
  /** Which interviewer wrote it; empty for one's own. */
  by?: string;
}

/** A reply that is whole. */
export type Finished = Pick<Turn, "position" | "text" | "by">;

/** A piece of a reply: it belongs at `offset`, counted in characters (code points), of the reply's n-th attempt. */
export interface Frame {
  position: number;
  attempt: number;
  offset: number;
  text: string;
}

/** What a frame did: grew the turn, was known already, or shows that something before it is missing. */
export type FrameOutcome = "grown" | "known" | { missingFrom: number };

/** Length in code points, as the server counts. */
export function length(text: string): number {
  return Array.from(text).length;
}

/** The text without its first `points` characters. */
export function after(text: string, points: number): string {
  return [...text].slice(points).join("");
}

/** The turns by position. */
export class Transcript {
  readonly #turns = new Map<number, Turn>();

  /** The turns in the order in which they were said. */
  get turns(): Turn[] {
    return [...this.#turns.values()].sort((a, b) => a.position - b.position);
  }

  /** Whether a reply is on its way. */
  get replying(): boolean {
    return this.turns.some(({ speaker, state }) => speaker === "interviewer" && (state === "pending" || state === "writing"));
  }

  /** Start again from what the server says. */
  replace(turns: readonly Turn[]): void {
    this.#turns.clear();
    for (const turn of turns) this.put(turn);
  }

  /** Add or overwrite one turn. */
  put(turn: Turn): void {
    this.#turns.set(turn.position, { ...turn });
  }

  /** One turn. */
  at(position: number): Turn | undefined {
    return this.#turns.get(position);
  }

  /** A reply begins; what has arrived of it stays. */
  begin(position: number): Turn {
    const turn = this.at(position) ?? { position, speaker: "interviewer", text: "", state: "writing", attempt: 0 };
    if (turn.state !== "complete") turn.state = "writing";
    this.#turns.set(position, turn);
    return turn;
  }

  /** Put a piece where it belongs; a later attempt replaces the earlier one. */
  add(frame: Frame): FrameOutcome {
    const turn = this.begin(frame.position);
    if (turn.state === "complete" || frame.attempt < turn.attempt) return "known";
    if (frame.attempt > turn.attempt) Object.assign(turn, { attempt: frame.attempt, text: "" });
    const have = length(turn.text);
    if (frame.offset > have) return { missingFrom: have };
    const fresh = after(frame.text, have - frame.offset);
    if (fresh === "") return "known";
    turn.text += fresh;
    return "grown";
  }

  /** The reply is finished; its whole text is the truth. */
  finish({ position, ...whole }: Finished): void {
    Object.assign(this.begin(position), whole, { state: "complete" });
  }
}
