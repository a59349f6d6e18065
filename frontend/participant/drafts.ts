/** The draft: kept on the server as it is typed, and in this tab for when the line is down. */

const QUIET_MS = 400;

/** What the draft needs from the page around it. */
export interface DraftOptions {
  field: HTMLTextAreaElement;
  /** Sends the text to the server; false where it could not be sent. */
  send: (text: string) => boolean;
  /** Where this tab keeps it; one interview, one key. */
  key: string;
}

/** Watches the field; `flush` sends what is not yet sent. */
export class Draft {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsent = false;

  constructor(readonly options: DraftOptions) {
    const { field, key } = options;
    const kept = sessionStorage.getItem(key);
    if (kept !== null && kept !== field.value) {
      field.value = kept;
      this.#unsent = true;
    }
    field.addEventListener("input", () => { this.#changed(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.flush(); });
    window.addEventListener("pagehide", () => { this.flush(); });
  }

  /** Send now what the server has not got. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#unsent && this.options.send(this.options.field.value)) this.#unsent = false;
  }

  /** The server has the text. */
  confirmed(): void {
    if (!this.#unsent) sessionStorage.removeItem(this.options.key);
  }

  /** Take over the server's draft, unless this tab has newer words. */
  adopt(text: string): void {
    if (this.#unsent) this.flush();
    else if (document.activeElement !== this.options.field || this.options.field.value === "") this.options.field.value = text;
  }

  /** The words were said: nothing is left to keep. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#unsent = false;
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
    this.#unsent = true;
    sessionStorage.setItem(this.options.key, this.options.field.value);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.flush(); }, QUIET_MS);
  }
}
