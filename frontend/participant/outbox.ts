/** What the person has said and the server has not yet confirmed; survives a reload of the tab. */
import type { Point } from "./trace";
import type { Turn } from "./transcript";

/** One message on its way; `afterPosition` is the last turn that was there when it was said. */
export interface Outgoing {
  id: string;
  text: string;
  afterPosition: number;
  /** How it was typed; a tab from before there were traces has none. */
  trace?: Point[];
}

/** Holds at most a few messages. */
export class Outbox {
  #waiting: Outgoing[];

  constructor(readonly key: string) {
    this.#waiting = JSON.parse(sessionStorage.getItem(key) ?? "[]") as Outgoing[];
  }

  /** Messages in the order in which they were said. */
  get waiting(): readonly Outgoing[] {
    return this.#waiting;
  }

  /** Keep a message until it is confirmed. */
  add(message: Outgoing): void {
    this.#keep([...this.#waiting, message]);
  }

  /** Let go of a message. */
  remove(id: string): void {
    this.#keep(this.#waiting.filter((message) => message.id !== id));
  }

  /** The message that a turn of the person confirms. */
  confirmedBy(turn: Turn): Outgoing | undefined {
    if (turn.speaker !== "person") return undefined;
    return this.#waiting.find(({ text, afterPosition }) => turn.position > afterPosition && turn.text.trim() === text.trim());
  }

  #keep(waiting: Outgoing[]): void {
    this.#waiting = waiting;
    if (waiting.length === 0) sessionStorage.removeItem(this.key);
    else sessionStorage.setItem(this.key, JSON.stringify(waiting));
  }
}
