/** The tokens' colours as they stand now, for canvases and figures that cannot read CSS. */
import { useSyncExternalStore } from "react";

/** The computed colour of a token such as `--data-conflict`, in rgb(). */
export function tokenColour(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  probe.hidden = true;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour || "#26211b";
}

const dark = (): MediaQueryList => window.matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark now. */
export function isDark(): boolean {
  const forced = document.documentElement.dataset.theme;
  return forced === undefined ? dark().matches : forced === "dark";
}

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const query = dark();
  query.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    query.removeEventListener("change", changed);
  };
}

/** Whether the page is dark, redrawing when that changes. */
export function useIsDark(): boolean {
  return useSyncExternalStore(watch, isDark);
}
