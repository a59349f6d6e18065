/** Judgements on their way: kept on this device until the server has them, sent one by one, in order. */
import { ApiError } from "@/lib/request";

/** How the way to the server stands. */
export type OutboxState = "saved" | "saving" | "waiting" | "signed_out";

/** What a screen shows of it. */
export interface OutboxView {
  state: OutboxState;
  unsent: number;
}

interface OutboxOptions<Item> {
  /** Where the unsent items are kept. */
  key: string;
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  send: (item: Item) => Promise<void>;
  /** The server has the item and says no: it is not sent again. */
  onRefused: (item: Item, error: ApiError) => void;
  retryMs?: number;
}

/** A queue that outlives a reload and a lost line. */
export interface Outbox<Item> {
  view: () => OutboxView;
  watch: (changed: () => void) => () => void;
  put: (item: Item) => Promise<void>;
  /** What the server does not have yet. */
  unsent: () => readonly Item[];
  /** Try again now. */
  flush: () => Promise<void>;
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || error.code === "not_authenticated");
}

function isFinal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429 && !isSignedOut(error);
}

/** Open the queue that is kept under `key`. */
export function openOutbox<Item>({ key, storage, send, onRefused, retryMs = 3000 }: OutboxOptions<Item>): Outbox<Item> {
  let items = JSON.parse(storage.getItem(key) ?? "[]") as Item[];
  let view: OutboxView = { state: items.length > 0 ? "waiting" : "saved", unsent: items.length };
  let sending: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watchers = new Set<() => void>();

  function show(state: OutboxState): void {
    view = { state, unsent: items.length };
    watchers.forEach((tell) => { tell(); });
  }

  function keep(next: Item[]): void {
    items = next;
    if (items.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(items));
  }

  async function sendAll(): Promise<void> {
    for (let item = items[0]; item !== undefined; item = items[0]) {
      show("saving");
      try {
        await send(item);
      } catch (error) {
        if (!isFinal(error)) {
          show(isSignedOut(error) ? "signed_out" : "waiting");
          timer = setTimeout(() => { void flush(); }, retryMs);
          return;
        }
        onRefused(item, error);
      }
      keep(items.slice(1));
    }
    show("saved");
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    sending ??= sendAll().finally(() => { sending = undefined; });
    return sending;
  }

  return {
    view: () => view,
    watch(changed) {
      watchers.add(changed);
      return () => { watchers.delete(changed); };
    },
    put(item) {
      keep([...items, item]);
      show("saving");
      return flush();
    },
    unsent: () => items,
    flush,
  };
}
