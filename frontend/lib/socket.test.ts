import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeWebSocket } from "@/testing/fake-socket";
import { defaultBackOff } from "./line";
import { type EventStream, openStream, type StreamMessage } from "./socket";

const event = (seq: number): StreamMessage => ({ stream: "study/tea/run/7", seq, kind: "run.points", data: seq });

describe("an event stream", () => {
  let seen: number[];
  let states: string[];
  let stream: EventStream;

  function open(last = 0): void {
    stream = openStream({
      url: "/ws/streams/",
      stream: "study/tea/run/7",
      last,
      onEvent: ({ seq }) => seen.push(seq),
      onState: (state) => states.push(state),
      backOff: () => 1000,
    });
  }

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", FakeWebSocket);
    FakeWebSocket.made = [];
    seen = [];
    states = [];
  });
  afterEach(() => {
    stream.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("says which event it has and delivers what comes after", () => {
    open(4);
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(event(5));
    FakeWebSocket.latest.say(event(6));

    expect(FakeWebSocket.latest.url).toBe("ws://localhost:3000/ws/streams/");
    expect(FakeWebSocket.latest.sent).toEqual([{ type: "subscribe", stream: "study/tea/run/7", last: 4 }]);
    expect(seen).toEqual([5, 6]);
  });

  it("drops what it has already and what belongs to another stream", () => {
    open(4);
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(event(4));
    FakeWebSocket.latest.say(event(5));
    FakeWebSocket.latest.say(event(5));
    FakeWebSocket.latest.say({ ...event(6), stream: "study/tea/graph" });

    expect(seen).toEqual([5]);
  });

  it("asks again where an event is missing, and delivers in order once", () => {
    open();
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(event(1));
    FakeWebSocket.latest.say(event(4));
    expect(seen).toEqual([1]);
    expect(FakeWebSocket.latest.sent.at(-1)).toEqual({ type: "subscribe", stream: "study/tea/run/7", last: 1 });

    [2, 3, 4, 5].forEach((seq) => { FakeWebSocket.latest.say(event(seq)); });
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it("goes on where the server has nothing between two numbers", () => {
    open(1);
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(event(4));
    FakeWebSocket.latest.say(event(4));

    expect(seen).toEqual([4]);
  });

  it("comes back from the last event after the line is lost", () => {
    open();
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(event(1));
    FakeWebSocket.latest.drop();
    expect(stream.state).toBe("waiting");

    vi.advanceTimersByTime(1000);
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(event(1));
    FakeWebSocket.latest.say(event(2));

    expect(FakeWebSocket.made).toHaveLength(2);
    expect(FakeWebSocket.latest.sent).toEqual([{ type: "subscribe", stream: "study/tea/run/7", last: 1 }]);
    expect(seen).toEqual([1, 2]);
    expect(states).toEqual(["live", "waiting", "connecting", "live"]);
  });

  it("does not wait for its timer when the network is back", () => {
    open();
    FakeWebSocket.latest.drop();
    window.dispatchEvent(new Event("online"));

    expect(FakeWebSocket.made).toHaveLength(2);
    vi.advanceTimersByTime(5000);
    expect(FakeWebSocket.made).toHaveLength(2);
  });

  it("replaces a line that was silent while the phone slept, and hears the old one no more", () => {
    open();
    const old = FakeWebSocket.latest;
    old.accept();
    vi.setSystemTime(Date.now() + 60_000);
    document.dispatchEvent(new Event("visibilitychange"));
    old.say(event(1));
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(event(1));

    expect(FakeWebSocket.made).toHaveLength(2);
    expect(seen).toEqual([1]);
    expect(stream.state).toBe("live");
  });

  it("asks on a line that is silent, and takes another where no answer comes", () => {
    open(4);
    const first = FakeWebSocket.latest;
    first.accept();
    const asked = { type: "subscribe", stream: "study/tea/run/7", last: 4 };
    vi.advanceTimersByTime(24_000);
    expect(first.sent).toEqual([asked, asked]);
    first.say({ type: "subscribed", stream: "study/tea/run/7", last: 4 });
    vi.advanceTimersByTime(19_000);
    expect(first.sent).toEqual([asked, asked]);

    vi.advanceTimersByTime(17_000);

    expect(first.sent).toEqual([asked, asked, asked]);
    expect(FakeWebSocket.made).toHaveLength(2);
    expect(stream.state).toBe("connecting");
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(event(5));
    expect(seen).toEqual([5]);
  });

  it("does not wait for ever to be let in", () => {
    open();
    vi.advanceTimersByTime(18_500);
    FakeWebSocket.made[0]?.accept();

    expect(FakeWebSocket.made).toHaveLength(2);
    expect(stream.state).toBe("connecting");
  });

  it("reads the whole anew where it missed too much, and goes on from there", async () => {
    const reads = vi.fn(() => Promise.resolve(900));
    stream = openStream({ url: "/ws/streams/", stream: "study/tea/run/7", last: 4, readAnew: reads, onEvent: ({ seq }) => seen.push(seq) });
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say({ type: "behind", stream: "study/tea/run/7" });
    await vi.waitFor(() => { expect(FakeWebSocket.latest.sent).toHaveLength(2); });
    FakeWebSocket.latest.say(event(900));
    FakeWebSocket.latest.say(event(901));

    expect(FakeWebSocket.latest.sent).toEqual([4, 900].map((last) => ({ type: "subscribe", stream: "study/tea/run/7", last, most: 200 })));
    expect(reads).toHaveBeenCalledOnce();
    expect(seen).toEqual([901]);
  });

  it("stays away when its rights have ended", () => {
    open();
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.drop(4403);
    vi.advanceTimersByTime(60_000);

    expect(stream.state).toBe("refused");
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it("stays away from a stream that it may not watch", () => {
    open();
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say({ type: "error", code: "not_found", stream: "study/tea/run/7", message: "No." });
    vi.advanceTimersByTime(60_000);

    expect(stream.state).toBe("refused");
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it("keeps still after it was closed", () => {
    open();
    FakeWebSocket.latest.accept();
    stream.close();
    window.dispatchEvent(new Event("online"));
    vi.advanceTimersByTime(60_000);

    expect(stream.state).toBe("closed");
    expect(FakeWebSocket.made).toHaveLength(1);
  });
});

describe("the back-off", () => {
  it("doubles from half a second to fifteen seconds, less a third at most", () => {
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const whole = Math.min(15_000, 500 * 2 ** attempt);
      const wait = defaultBackOff(attempt);
      expect(wait).toBeLessThanOrEqual(whole);
      expect(wait).toBeGreaterThanOrEqual(whole * 0.67);
    }
  });
});
