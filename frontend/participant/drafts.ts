/** The draft: kept on the server as it is typed, and in this tab until the server has it. */

const QUIET_MS = 400;

/** What the draft needs from the page around it. */
export interface DraftOptions {
  field: HTMLTextAreaElement;
  /** Sends the text to the server; false where it could not be sent. */
  send: (text: string) => boolean;
  /** Where this tab keeps it; one interview, one key. */
  key: string;
}

/** Watches the field and holds what the server has not confirmed. */
export class Draft {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unconfirmed: string | undefined;
  #sent: string | undefined;
  #underWay = 0;

  constructor(readonly options: DraftOptions) {
    const { field, key } = options;
    const kept = sessionStorage.getItem(key);
    if (kept !== null) {
      field.value = kept;
      this.#unconfirmed = kept;
    }
    field.addEventListener("input", () => { this.#changed(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.flush(); });
    window.addEventListener("pagehide", () => { this.flush(); });
  }

  /** Send now what has not been sent. */
  flush(): void {
    clearTimeout(this.#timer);
    const text = this.#unconfirmed;
    if (text === undefined || text === this.#sent || !this.options.send(text)) return;
    this.#sent = text;
    this.#underWay += 1;
  }

  /** The server has stored one draft; the newest one only when no other is under way. */
  confirmed(): void {
    this.#underWay = Math.max(0, this.#underWay - 1);
    if (this.#underWay > 0 || this.#unconfirmed !== this.#sent) return;
    this.#unconfirmed = undefined;
    sessionStorage.removeItem(this.options.key);
  }

  /** The line stands again: words that the server may not have go out once more, otherwise its draft is taken over. */
  meet(serverDraft: string): void {
    this.#sent = undefined;
    this.#underWay = 0;
    if (this.#unconfirmed !== undefined) this.flush();
    else if (this.options.field.value !== serverDraft) this.options.field.value = serverDraft;
  }

  /** The words were said: nothing is left to keep. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#unconfirmed = undefined;
    this.#sent = undefined;
    this.options.field.value = "";
    sessionStorage.removeItem(this.options.key);
  }

  /** Put words back that could not be said, before what was typed since. */
  putBack(text: string): void {
    const { field } = this.options;
    field.value = [text, field.value].filter(Boolean).join("\n");
    this.#changed();
  }

  #changed(): void {
    this.#unconfirmed = this.options.field.value;
    sessionStorage.setItem(this.options.key, this.#unconfirmed);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.flush(); }, QUIET_MS);
  }
}
