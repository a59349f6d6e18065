/** The card's lines: add, delete, put back, and move them without a round trip. The form works the same without this. */
import { say } from "./words";

const ACTION = /^(delete|up|down)-(\d+)$/;
const NUMBERED = ["name", "id", "for", "aria-describedby", "aria-labelledby"] as const;

function renumber(row: HTMLElement, place: number): void {
  for (const element of [row, ...row.querySelectorAll<HTMLElement>("*")]) {
    for (const attribute of NUMBERED) {
      const value = element.getAttribute(attribute);
      if (value !== null) element.setAttribute(attribute, value.replace(/policy-\d+/g, `policy-${place}`));
    }
    const label = element.getAttribute("aria-label");
    if (label !== null) element.setAttribute("aria-label", label.replace(/\d+/, String(place + 1)));
    if (element instanceof HTMLLegendElement && element.childElementCount === 0) element.textContent = element.textContent?.replace(/\d+/, String(place + 1)) ?? "";
    if (element.dataset.number !== undefined) element.textContent = String(place + 1);
    if (element instanceof HTMLButtonElement) element.value = element.value.replace(ACTION, (_, verb: string) => `${verb}-${place}`);
  }
}

function emptied(row: HTMLElement): HTMLElement {
  const fresh = row.cloneNode(true) as HTMLElement;
  fresh.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea").forEach((field) => {
    field.value = "";
    field.removeAttribute("value");
    if (field instanceof HTMLTextAreaElement) field.textContent = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  });
  fresh.querySelectorAll(".card-line-quote, .card-line-hints, [data-quote], .field-error").forEach((part) => { part.remove(); });
  return fresh;
}

/** The editor of one card. */
export class CardEditor {
  readonly #status: HTMLElement;
  #leaving = false;
  #changed = false;

  constructor(readonly form: HTMLFormElement) {
    this.#status = document.createElement("p");
    this.#status.className = "actions-wait";
    this.#status.setAttribute("role", "status");
    (this.#addButton() ?? form.lastElementChild)?.after(this.#status);
    form.addEventListener("click", (event) => { this.#click(event); });
    form.addEventListener("input", () => { this.#changed = true; });
    form.addEventListener("submit", () => { this.#leaving = true; });
    window.addEventListener("beforeunload", (event) => { if (this.#changed && !this.#leaving) event.preventDefault(); });
    this.#settle();
  }

  /** The lines as they move: where a line stands alone in a list item, the item moves with it. */
  get #rows(): HTMLElement[] {
    return [...this.form.querySelectorAll<HTMLElement>("[data-policy]")].map((line) => line.closest("li") ?? line);
  }

  #addButton(): HTMLButtonElement | null {
    return this.form.querySelector<HTMLButtonElement>('button[name="action"][value="add"]');
  }

  #click(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[name="action"]') : null;
    if (!button) return;
    if (button.value.startsWith("away-")) {
      event.preventDefault();
      void this.#putAway(button);
      return;
    }
    const [, verb, place] = ACTION.exec(button.value) ?? [];
    if (button.value === "add") this.#add();
    else if (verb === "delete") this.#delete(Number(place));
    else if (verb === "up") this.#move(Number(place), -1);
    else if (verb === "down") this.#move(Number(place), 1);
    else return;
    event.preventDefault();
    this.#changed = true;
  }

  #add(): void {
    const rows = this.#rows;
    const model = this.form.querySelector<HTMLTemplateElement>("template[data-policy-template]")?.content.firstElementChild ?? rows.at(-1);
    if (!(model instanceof HTMLElement)) return;
    const fresh = emptied(model);
    const last = rows.at(-1);
    if (last) last.after(fresh);
    else this.#addButton()?.before(fresh);
    this.#settle();
    this.#focus(fresh);
    this.#tell(say(this.form, "added", { place: rows.length + 1 }));
  }

  #delete(place: number): void {
    const row = this.#rows[place];
    if (!row || this.#rows.length < 2) return;
    const next = this.#rows[place + 1];
    row.remove();
    this.#settle();
    this.#tell(say(this.form, "deleted"));
    const restore = document.createElement("button");
    restore.type = "button";
    restore.className = "button is-quiet is-small";
    restore.textContent = say(this.form, "restore");
    restore.addEventListener("click", () => { this.#restore(row, next?.isConnected ? next : undefined); });
    this.#status.append(" ", restore);
    restore.focus();
  }

  #restore(row: HTMLElement, before: HTMLElement | undefined): void {
    if (before) before.before(row);
    else this.#rows.at(-1)?.after(row);
    this.#settle();
    this.#tell("");
    this.#focus(row);
  }

  #move(place: number, by: -1 | 1): void {
    const row = this.#rows[place];
    const other = this.#rows[place + by];
    if (!row || !other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    this.#settle();
    const again = [by < 0 ? "up" : "down", by < 0 ? "down" : "up"]
      .map((verb) => row.querySelector<HTMLButtonElement>(`button[value^="${verb}-"]`))
      .find((button) => button && !button.disabled);
    again?.focus();
    this.#tell(say(this.form, "moved", { place: place + by + 1, count: this.#rows.length }));
  }

  /** A hint goes at once, and stays away; where that cannot be kept, the form goes out as it does without this. */
  async #putAway(button: HTMLButtonElement): Promise<void> {
    const hint = button.closest("li");
    const fields = hint?.closest("fieldset, .field");
    try {
      const answer = await fetch(location.href, { method: "POST", body: new FormData(this.form, button) });
      if (!answer.ok) throw new Error(String(answer.status));
    } catch {
      this.form.requestSubmit(button);
      return;
    }
    const list = hint?.parentElement;
    hint?.remove();
    if (list?.childElementCount === 0) list.remove();
    fields?.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
    this.#tell(say(this.form, "away"));
  }

  #settle(): void {
    const rows = this.#rows;
    rows.forEach((row, place) => {
      renumber(row, place);
      this.#enable(row, "up", place > 0);
      this.#enable(row, "down", place < rows.length - 1);
      this.#enable(row, "delete", rows.length > 1);
    });
  }

  #enable(row: HTMLElement, verb: string, enabled: boolean): void {
    const button = row.querySelector<HTMLButtonElement>(`button[value^="${verb}-"]`);
    if (button) button.disabled = !enabled;
  }

  #focus(row: HTMLElement): void {
    row.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
  }

  #tell(text: string): void {
    this.#status.textContent = text;
  }
}

/** Bring the card editor on this page to life, if there is one. */
export function startCardEditor(): CardEditor | undefined {
  const form = document.querySelector<HTMLFormElement>("form[data-card-editor]");
  return form ? new CardEditor(form) : undefined;
}
