/** Whether the browser has a line at all. */
import { useSyncExternalStore } from "react";

function watch(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

/** Moves with the line. */
export function useOnline(): boolean {
  return useSyncExternalStore(watch, () => navigator.onLine);
}
