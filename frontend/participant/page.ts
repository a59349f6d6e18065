/** Small things that every participant page shares. */

/** Escape closes a quote that hovering or focus opened; leaving the line allows it again. */
export function letQuotesClose(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".policy:hover, .policy:focus").forEach((line) => {
      line.classList.add("is-dismissed");
      const again = (): void => { line.classList.remove("is-dismissed"); };
      line.addEventListener("mouseleave", again, { once: true });
      line.addEventListener("blur", again, { once: true });
    });
  });
}

/** The way forward says why it waits: `[data-wait]` stands beside the button while something required is missing. */
export function sayWhyItWaits(): void {
  for (const wait of document.querySelectorAll<HTMLElement>("form [data-wait]")) {
    const form = wait.closest("form");
    if (!form) continue;
    const look = (): void => { wait.hidden = form.checkValidity(); };
    form.addEventListener("input", look);
    look();
  }
}

/** The list of languages closes with Escape, and when one goes elsewhere. */
export function letLanguagesClose(): void {
  const list = document.querySelector<HTMLDetailsElement>("details[data-languages]");
  if (!list) return;
  const away = ({ target }: Event): void => { if (target instanceof Node && !list.contains(target)) list.open = false; };
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, away);
  list.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !list.open) return;
    list.open = false;
    list.querySelector("summary")?.focus();
  });
}

async function copy(part: HTMLElement, button: HTMLButtonElement): Promise<void> {
  const text = part instanceof HTMLInputElement ? part.value : part.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = part.dataset.copied ?? "Copied";
  } catch {
    // Without the right to the clipboard the text is at least selected.
    if (part instanceof HTMLInputElement) part.select();
    else getSelection()?.selectAllChildren(part);
  }
}

/** What is to be taken along gets a button that copies it: `[data-copy]` names the button, `[data-copied]` says that it is done. */
export function letCopy(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-small";
    button.textContent = part.dataset.copy || "Copy";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => { void copy(part, button); });
    part.after(button);
  }
}

const LOOK_AGAIN_MS = 10_000;

/** A page that asks to wait looks by itself whether one may go on; it is loaded anew only then. */
export function goOnAfterWaiting(): void {
  if (!document.querySelector("[data-waiting]")) return;
  const look = async (): Promise<void> => {
    try {
      const page = await fetch(location.href);
      if (page.ok && !(await page.text()).includes("data-waiting")) location.reload();
    } catch {
      // No connection just now: the next look may have one.
    }
  };
  setInterval(() => { void look(); }, LOOK_AGAIN_MS);
}

/** A plain form goes out once, however often its button is pressed. */
export function sendOnce(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[method=post]:not([data-composer], [data-vote])")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent !== undefined) event.preventDefault();
      form.dataset.sent = "";
      setTimeout(() => { delete form.dataset.sent; }, 5000);
    });
  }
}

/** The composer stays above a keyboard that covers the page instead of shrinking it. */
export function stayAboveKeyboard(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const look = (): void => {
    const covered = Math.max(0, window.innerHeight - viewport.height - viewport.offsetTop);
    document.documentElement.style.setProperty("--keyboard", `${Math.round(covered)}px`);
  };
  viewport.addEventListener("resize", look);
  viewport.addEventListener("scroll", look);
}
