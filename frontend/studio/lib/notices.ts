/** Short messages about what just happened; the shell shows them and reads them out. */

/** One message. An error stays until it is closed. */
export interface Notice {
  id: number;
  kind: "done" | "error";
  text: string;
}

let notices: readonly Notice[] = [];
let nextId = 1;
const watchers = new Set<() => void>();

function change(next: readonly Notice[]): void {
  notices = next;
  watchers.forEach((tell) => { tell(); });
}

/** The messages on the screen now. */
export function currentNotices(): readonly Notice[] {
  return notices;
}

/** Be told of changes; gives the way out. */
export function watchNotices(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

/** Take a message away. */
export function closeNotice(id: number): void {
  change(notices.filter((notice) => notice.id !== id));
}

/** Say something: what moved, what was saved, what failed and what to do. */
export function notify(text: string, kind: Notice["kind"] = "done"): void {
  const id = nextId++;
  change([...notices.slice(-3), { id, kind, text }]);
  if (kind === "done") setTimeout(() => { closeNotice(id); }, 6000);
}

/** Say what went wrong. */
export function notifyError(error: unknown): void {
  notify(error instanceof Error ? error.message : "Something went wrong. Try again.", "error");
}
