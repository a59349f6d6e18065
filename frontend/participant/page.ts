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
