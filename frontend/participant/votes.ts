/** Votes: number keys for the five answers, U for undo, the chosen answer shown at once, and never sent twice. */

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement ? target.type !== "radio" : target instanceof HTMLTextAreaElement;
}

function answersOf(form: HTMLFormElement): (HTMLButtonElement | HTMLInputElement)[] {
  return [...form.querySelectorAll<HTMLButtonElement | HTMLInputElement>('[name="answer"]')];
}

function choose(form: HTMLFormElement, place: number): void {
  const answer = answersOf(form)[place];
  if (answer instanceof HTMLButtonElement) form.requestSubmit(answer);
  else answer?.click();
}

function show(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.setAttribute("aria-busy", "true");
  submitter?.classList.add("is-chosen");
}

/** Bring the vote on this page to life, if there is one; gives the way to let go of the keys. */
export function startVotes(): (() => void) | undefined {
  const form = document.querySelector<HTMLFormElement>("form[data-vote]");
  const undo = document.querySelector<HTMLFormElement>("form[data-undo]");
  if (!form && !undo) return undefined;

  form?.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") event.preventDefault();
    else show(form, event.submitter);
  });
  // A page that comes back from the browser's memory is a page to answer again.
  window.addEventListener("pageshow", () => {
    form?.removeAttribute("aria-busy");
    form?.querySelectorAll(".is-chosen[type=submit], button.is-chosen").forEach((answer) => { answer.classList.remove("is-chosen"); });
  });
  const press = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (form && /^[1-9]$/.test(event.key)) choose(form, Number(event.key) - 1);
    else if (undo && event.key.toLowerCase() === "u") undo.requestSubmit(undo.querySelector<HTMLButtonElement>("button"));
  };
  document.addEventListener("keydown", press);
  return () => { document.removeEventListener("keydown", press); };
}
