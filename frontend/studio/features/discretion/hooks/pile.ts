/** The pairs that lie ready: the one on the desk and a few after it, so that the next one is there at once, also without a line. */
import { Unreachable } from "@/lib/request";
import type { NextItem } from "../api/types";
import type { Item } from "./sides";

/** How many pairs lie ready behind the one on the desk. */
export const DEPTH = 4;
const RETRY_MS = 2000;

/** What a screen shows of it: an item, or the end, or that it waits (for a line, too), or what went wrong. */
export interface PileView {
  item?: Item;
  lost?: boolean;
  end?: NextItem;
  error?: Error;
}

interface PileOptions {
  /** Ask for the next pair that is none of these; `beyond` one's own pile where that is done. */
  fetch: (held: readonly string[], beyond: boolean) => Promise<NextItem>;
  /** Pairs whose judgement the server does not have yet. */
  unsent: () => readonly string[];
  /** Try to send them. */
  send: () => Promise<void>;
}

/** The pairs that lie ready. */
export interface Pile {
  view: () => PileView;
  watch: (changed: () => void) => () => void;
  /** Begin, or try again. */
  fill: () => void;
  /** Go on to the next pair. */
  next: () => void;
  /** Lay a pair on top; the one that lay there comes after it. */
  lay: (item: Item) => void;
  /** Ask once more whether this is the end, or go on beyond one's own pile. */
  again: (how?: { beyond: boolean }) => void;
  stop: () => void;
}

function hasComparison(item: NextItem): item is Item {
  return item.comparison !== null;
}

/** The item as it will be when those before it are judged. */
function after(item: Item, before: readonly (Item | undefined)[], unsent: number): Item {
  const ahead = before.filter((other) => other?.batch?.id === item.batch?.id).length + unsent;
  return { ...item, done: item.done + ahead, left_count: Math.max(item.left_count - ahead, 1) };
}

/** Open the pile. */
export function openPile({ fetch, unsent, send }: PileOptions): Pile {
  let held: readonly Item[] = [];
  let view: PileView = {};
  let filling = false;
  let stopped = false;
  let exhausted = false;
  let goesBeyond = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watchers = new Set<() => void>();

  function show(next: PileView): void {
    view = next;
    watchers.forEach((tell) => { tell(); });
  }

  function names(): string[] {
    return [...new Set([...unsent(), ...[view.item, ...held].flatMap((item) => (item ? [item.comparison] : []))])];
  }

  function take(found: NextItem): void {
    if (!hasComparison(found)) {
      exhausted = true;
      if (!view.item) show({ end: found });
      return;
    }
    const ready = after(found, [view.item, ...held], unsent().length);
    if (view.item) held = [...held, ready];
    else show({ item: ready });
  }

  async function fillUp(): Promise<void> {
    while (!stopped && !exhausted && (!view.item || held.length < DEPTH)) {
      const before = names();
      const found = await fetch(before, goesBeyond);
      // What was laid on top, or judged, while this was on its way may be the same pair.
      if (found.comparison === null || !names().includes(found.comparison)) take(found);
      else if (names().join() === before.join()) return;
    }
  }

  function fill(): void {
    clearTimeout(timer);
    if (filling || stopped) return;
    filling = true;
    fillUp().catch((error: unknown) => {
      const lost = error instanceof Unreachable;
      if (lost) timer = setTimeout(fill, RETRY_MS);
      if (!view.item && lost) show({ lost });
      if (!view.item && !lost) show({ error: error instanceof Error ? error : new Error("Something went wrong.") });
    }).finally(() => { filling = false; });
  }

  /** Nothing lies ready: what is on its way goes first, so that the server can say whether this is the end. */
  function ask(): void {
    exhausted = false;
    show({});
    void send().then(fill, fill);
  }

  return {
    view: () => view,
    watch(changed) {
      watchers.add(changed);
      return () => { watchers.delete(changed); };
    },
    fill() {
      stopped = false;
      if (view.error) show({});
      fill();
    },
    next() {
      const [first, ...rest] = held;
      held = rest;
      if (!first) {
        ask();
        return;
      }
      show({ item: first });
      fill();
    },
    lay(item) {
      if (view.item) held = [view.item, ...held];
      exhausted = false;
      show({ item });
    },
    again({ beyond } = { beyond: goesBeyond }) {
      goesBeyond = beyond;
      ask();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
