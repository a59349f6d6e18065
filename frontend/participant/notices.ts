/** What the interview's page is told beside the words themselves: that a reply is slow, who goes on, and a pause. */

interface Answers {
  /** Ask once more for a reply that does not come; false where it could not be sent. */
  retry: () => boolean;
}

/** Notices that stay until something else is said; others are gone with the next news. */
const STAY = new Set(["guided", "paused", "released"]);

function show(part: HTMLElement | null, shown: boolean): void {
  if (part) part.hidden = !shown;
}

const NEAR_THE_END_PX = 240;

/** Show a box, and let somebody who reads the newest words see it whole; who reads further up stays there. */
function reveal(part: HTMLElement | null): void {
  if (!part?.hidden) return;
  const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
  const reads = scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX;
  show(part, true);
  if (reads) part.scrollIntoView?.({ block: "nearest" });
}

/** The boxes between the conversation and the composer, as the server's template writes them. */
export class Notices {
  readonly #slow: HTMLElement | null;
  readonly #notice: HTMLElement | null;
  readonly #pause: HTMLElement | null;

  constructor(root: HTMLElement, answers: Answers) {
    this.#slow = root.querySelector("[data-slow]");
    this.#notice = root.querySelector("[data-notice]");
    this.#pause = root.querySelector("[data-pause]");
    root.querySelector("form[data-retry]")?.addEventListener("submit", (event) => {
      // Without a line the plain form still asks.
      if (!answers.retry()) return;
      event.preventDefault();
      this.heard();
      root.querySelector<HTMLElement>("textarea")?.focus();
    });
  }

  /** Show a notice where it stays to be read; false where a line of news is enough. */
  tell(code: string, message: string): boolean {
    if (code === "slow") reveal(this.#slow);
    else if (code === "go_on") show(this.#notice, false);
    if (!STAY.has(code)) return code === "slow" || code === "distress";
    const words = this.#notice?.querySelector("p");
    if (words) words.textContent = message;
    show(this.#notice?.querySelector<HTMLElement>(".actions") ?? null, code === "released");
    show(this.#notice, true);
    return true;
  }

  /** Something of a reply arrived, or it was asked for again: it is no longer slow. */
  heard(): void {
    show(this.#slow, false);
  }

  /** One says something: what was told before is over. */
  said(): void {
    show(this.#notice, false);
  }

  /** Whether one can stop here with one's code: offered now, at hand, or (empty) not. */
  pause(how: string): void {
    if (!this.#pause || this.#pause.dataset.pause === how) return;
    this.#pause.dataset.pause = how;
    show(this.#pause, how !== "");
    if (how === "offered") this.#pause.scrollIntoView?.({ block: "nearest" });
  }
}
