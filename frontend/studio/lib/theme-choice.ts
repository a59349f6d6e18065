/** Light, dark, or as the system says: kept on this device. */

/** What the person chose. */
export type ThemeChoice = "system" | "light" | "dark";

const KEY = "touchstone-theme";

/** The choice kept on this device. */
export function readThemeChoice(): ThemeChoice {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** Keep a choice and show it at once. */
export function applyThemeChoice(choice: ThemeChoice): void {
  if (choice === "system") {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEY, choice);
    document.documentElement.dataset.theme = choice;
  }
}
