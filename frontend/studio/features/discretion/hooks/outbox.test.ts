import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, Unreachable } from "@/lib/request";
import { openOutbox } from "./outbox";

const KEY = "judgements";

function outboxWith(send: (item: string) => Promise<void>, onRefused = vi.fn()) {
  return { outbox: openOutbox<string>({ key: KEY, storage: localStorage, send, onRefused, retryMs: 1000 }), onRefused };
}

beforeEach(() => { localStorage.clear(); vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe("the queue of judgements", () => {
  it("says saved once the server has it, and keeps nothing behind", async () => {
    const sent: string[] = [];
    const { outbox } = outboxWith((item) => { sent.push(item); return Promise.resolve(); });

    const saving = outbox.put("first");
    expect(outbox.view()).toEqual({ state: "saving", unsent: 1 });
    await saving;

    expect(outbox.view()).toEqual({ state: "saved", unsent: 0 });
    expect(sent).toEqual(["first"]);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it("keeps what could not be sent, says so, and sends it in order when the line is back", async () => {
    const sent: string[] = [];
    let online = false;
    const { outbox } = outboxWith((item) => {
      if (!online) return Promise.reject(new Unreachable("no line"));
      sent.push(item);
      return Promise.resolve();
    });

    await outbox.put("first");
    await outbox.put("second");
    expect(outbox.view()).toEqual({ state: "waiting", unsent: 2 });
    online = true;
    await vi.advanceTimersByTimeAsync(1000);

    expect(sent).toEqual(["first", "second"]);
    expect(outbox.view().state).toBe("saved");
  });

  it("finds unsent judgements again after a reload", async () => {
    await outboxWith(() => Promise.reject(new Unreachable("no line"))).outbox.put("first");
    vi.clearAllTimers();
    const sent: string[] = [];

    const { outbox } = outboxWith((item) => { sent.push(item); return Promise.resolve(); });
    expect(outbox.view()).toEqual({ state: "waiting", unsent: 1 });
    await outbox.flush();

    expect(sent).toEqual(["first"]);
  });

  it("does not send a refused judgement again and goes on with the next", async () => {
    const refusal = new ApiError(400, "invalid", "This comparison is not yours to judge.");
    const send = vi.fn((item: string) => (item === "bad" ? Promise.reject(refusal) : Promise.resolve()));
    const { outbox, onRefused } = outboxWith(send);

    await outbox.put("bad");
    await outbox.put("good");

    expect(onRefused).toHaveBeenCalledExactlyOnceWith("bad", refusal);
    expect(send.mock.calls.map(([item]) => item)).toEqual(["bad", "good"]);
    expect(outbox.view().state).toBe("saved");
  });

  it("waits for a new sign-in without losing anything", async () => {
    const { outbox, onRefused } = outboxWith(() => Promise.reject(new ApiError(403, "not_authenticated", "Sign in.")));

    await outbox.put("first");

    expect(outbox.view()).toEqual({ state: "signed_out", unsent: 1 });
    expect(onRefused).not.toHaveBeenCalled();
  });
});
