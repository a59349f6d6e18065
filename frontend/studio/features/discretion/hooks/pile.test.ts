import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, Unreachable } from "@/lib/request";
import { nextItem } from "../testing/items";
import { DEPTH, openPile } from "./pile";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const NAMES = ["c-1", "c-2", "c-3", "c-4", "c-5", "c-6", "c-7"];

/** A server with seven comparisons, of which `judged` are done. */
function desk() {
  const server = { judged: new Set<string>(), online: true, unsent: [] as string[] };
  const fetch = vi.fn((held: readonly string[]) => {
    if (!server.online) return Promise.reject(new Unreachable("no line"));
    const comparison = NAMES.find((name) => !server.judged.has(name) && !held.includes(name)) ?? null;
    return Promise.resolve({ ...nextItem(), comparison, done: server.judged.size, left_count: NAMES.length - server.judged.size });
  });
  const send = vi.fn(() => Promise.resolve());
  const pile = openPile({ fetch: fetch as never, unsent: () => server.unsent, send });
  pile.fill();
  return { pile, server, fetch };
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe("the pairs that lie ready", () => {
  it("has the next ones before they are asked for, and counts them as they will be", async () => {
    const { pile, fetch } = desk();
    await settle();
    expect(fetch).toHaveBeenCalledTimes(1 + DEPTH);

    pile.next();

    expect(pile.view().item).toMatchObject({ comparison: "c-2", done: 1, left_count: 6 });
  });

  it("goes on without a line as far as the pile reaches, and fills up when it is back", async () => {
    const { pile, server } = desk();
    await settle();
    server.online = false;

    const seen = NAMES.slice(0, DEPTH).map((name) => {
      server.unsent.push(name);
      pile.next();
      return pile.view().item?.comparison;
    });
    expect(seen).toEqual(["c-2", "c-3", "c-4", "c-5"]);
    pile.next();
    server.unsent.push("c-5");
    expect(pile.view()).toEqual({});
    server.online = true;
    await vi.advanceTimersByTimeAsync(2500);

    expect(pile.view().item?.comparison).toBe("c-6");
  });

  it("says that nothing is left only when the server has everything", async () => {
    const { pile, server } = desk();
    await settle();

    for (const name of NAMES) {
      server.judged.add(name);
      pile.next();
      await settle();
    }

    expect(pile.view().end).toMatchObject({ comparison: null, done: 7 });
  });

  it("goes on beyond one's own pile once that is asked for", async () => {
    const fetch = vi.fn((held: readonly string[], beyond: boolean) => Promise.resolve({ ...nextItem(), comparison: beyond && held.length === 0 ? "c-9" : null, open_count: beyond ? 0 : 1 }));
    const pile = openPile({ fetch: fetch as never, unsent: () => [], send: () => Promise.resolve() });
    pile.fill();
    await settle();
    expect(pile.view().end).toMatchObject({ open_count: 1 });

    pile.again({ beyond: true });
    await settle();

    expect(pile.view().item?.comparison).toBe("c-9");
  });

  it("lays a pair on top and comes back to the one that was there", async () => {
    const { pile } = desk();
    await settle();
    pile.next();

    pile.lay(nextItem({ comparison: "c-1" }) as never);
    expect(pile.view().item?.comparison).toBe("c-1");
    pile.next();

    expect(pile.view().item?.comparison).toBe("c-2");
  });

  it("shows what the server refuses", async () => {
    const refusal = new ApiError(403, "forbidden", "Not yours.");
    const pile = openPile({ fetch: () => Promise.reject(refusal), unsent: () => [], send: () => Promise.resolve() });

    pile.fill();
    await settle();

    expect(pile.view().error).toBe(refusal);
  });
});
