/** The conversation on the page: one list item a turn, as the server's own template writes them. */
import type { Speaker, Turn } from "./transcript";
import { say } from "./words";

/** A turn as drawn: the server's, or one's own that is still on its way. */
export type DrawnState = Turn["state"] | "sending";

const NEAR_THE_END_PX = 160;

/** The list of turns. */
export class ChatView {
  constructor(readonly root: HTMLElement, readonly list: HTMLElement) {}

  /** The turns that the server drew into the page. */
  read(): Turn[] {
    return this.#items().map((item) => ({
      position: Number(item.dataset.position),
      speaker: item.dataset.speaker === "person" ? "person" : "interviewer",
      text: item.querySelector(".turn-text")?.textContent ?? "",
      state: "complete",
      attempt: Number(item.dataset.attempt ?? 1),
      by: item.dataset.by ?? "",
    }));
  }

  /** Draw the turns as they are now, leaving alone what stands already. */
  draw(turns: readonly Turn[]): void {
    const keep = this.#following();
    const wanted = new Set(turns.map(({ position }) => String(position)));
    for (const item of this.#items()) if (!wanted.has(item.dataset.position ?? "")) item.remove();
    for (const turn of turns) this.#place(turn);
    (this.list.closest("[role=log]") ?? this.list).setAttribute("aria-busy", String(turns.some(({ speaker, state }) => speaker === "interviewer" && (state === "pending" || state === "writing"))));
    if (keep) this.#follow();
  }

  /** Show one's own words at once, before the server has them. */
  drawOwn(id: string, text: string): void {
    const item = this.#make("person", text, "sending");
    item.dataset.outgoing = id;
    this.list.append(item);
    this.#follow();
  }

  /** One's own words have arrived (or go back into the composer). */
  removeOwn(id: string): void {
    this.list.querySelector(`[data-outgoing="${CSS.escape(id)}"]`)?.remove();
  }

  #items(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-position]")];
  }

  #place(turn: Turn): void {
    const items = this.#items();
    let item = items.find(({ dataset }) => Number(dataset.position) === turn.position);
    if (!item) {
      item = this.#make(turn.speaker, turn.text, turn.state);
      item.dataset.position = String(turn.position);
      const next = items.find(({ dataset }) => Number(dataset.position) > turn.position);
      this.list.insertBefore(item, next ?? this.list.querySelector("[data-outgoing]"));
    }
    item.dataset.attempt = String(turn.attempt);
    this.#sign(item, turn.by ?? "");
    this.#dress(item, turn.state);
    const text = item.querySelector(".turn-text");
    if (text && text.textContent !== turn.text) text.textContent = turn.text;
  }

  #make(speaker: Speaker, words: string, state: DrawnState): HTMLElement {
    const item = document.createElement("li");
    item.className = `turn turn-${speaker} is-${speaker}`;
    item.dataset.speaker = speaker;
    const who = document.createElement("span");
    who.className = "turn-who";
    if (speaker === "person") who.textContent = say(this.root, "you");
    const text = document.createElement("div");
    text.className = "turn-text";
    text.dir = "auto";
    text.textContent = words;
    item.append(who, text);
    this.#dress(item, state);
    return item;
  }

  /** Say who wrote a reply: where a model does not answer, a program without AI goes on. */
  #sign(item: HTMLElement, by: string): void {
    const who = item.querySelector(".turn-who");
    if (item.dataset.speaker === "person" || !who) return;
    const name = say(this.root, (by || this.root.dataset.interviewer) === "llm" ? "llm" : "guided");
    if (who.textContent !== name) who.textContent = name;
  }

  #dress(item: HTMLElement, state: DrawnState): void {
    item.classList.toggle("is-writing", state === "writing" || state === "pending");
    item.classList.toggle("is-sending", state === "sending");
    item.classList.toggle("is-failed", state === "failed");
  }

  #following(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX;
  }

  #follow(): void {
    document.documentElement.scrollTop = document.documentElement.scrollHeight;
  }
}
