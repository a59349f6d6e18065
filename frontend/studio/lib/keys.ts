/** Single keys of a screen, where no text is being typed and no other control wants them. */
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

const KEPT_AS = "touchstone-single-keys";
const watchers = new Set<() => void>();

/** Whether single keys act; people who dictate, or whose screen reader uses them, turn them off. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => { watchers.delete(changed); };
    },
    () => localStorage.getItem(KEPT_AS) !== "off",
  );
  const set = (next: boolean): void => {
    localStorage.setItem(KEPT_AS, next ? "on" : "off");
    watchers.forEach((tell) => { tell(); });
  };
  return [on, set];
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog]") !== null;
}

/** Enter on a button or a link presses that, as everywhere. */
function ownsEnter(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, summary") !== null;
}

/** Hear keys on the whole page; `press` says whether it used the key. */
export function useKeys(enabled: boolean, press: (key: string) => boolean): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    if (event.key === "Enter" && ownsEnter(event.target)) return;
    if (press(event.key)) event.preventDefault();
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const listen = (event: KeyboardEvent): void => { hear(event); };
    window.addEventListener("keydown", listen);
    return () => { window.removeEventListener("keydown", listen); };
  }, [enabled]);
}
