import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Pace } from "./pace";
import type { Turn } from "./transcript";

const whole: Turn = { position: 2, speaker: "interviewer", text: "What did you notice there?", state: "complete", attempt: 1 };

describe("reading pace", () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers(); });

  it("shows a reply that came at once word by word, then as it is", () => {
    const onStep = vi.fn();
    const pace = new Pace({ wordsPerSecond: 10, onStep });
    pace.begin(2, whole.text, "");

    expect(pace.slow(whole)).toMatchObject({ text: "What ", state: "writing" });
    vi.advanceTimersByTime(210);
    expect(pace.slow(whole)).toMatchObject({ text: "What did you ", state: "writing" });
    vi.advanceTimersByTime(1000);
    expect(pace.slow(whole)).toEqual(whole);
    expect(pace.busy).toBe(false);
    const steps = onStep.mock.calls.length;
    vi.advanceTimersByTime(1000);
    expect(onStep).toHaveBeenCalledTimes(steps);
  });

  it("goes on from what was seen, and leaves other turns alone", () => {
    const pace = new Pace({ wordsPerSecond: 10, onStep: vi.fn() });
    pace.begin(2, whole.text, "What did");

    expect(pace.slow(whole).text).toBe("What did you ");
    expect(pace.slow({ ...whole, position: 4 })).toEqual({ ...whole, position: 4 });
  });

  it("holds nothing back where the page or the device asks for none of it, or when told to finish", () => {
    const none = new Pace({ wordsPerSecond: Number.NaN, onStep: vi.fn() });
    none.begin(2, whole.text, "");
    expect(none.slow(whole)).toEqual(whole);

    const slow = new Pace({ wordsPerSecond: 1, onStep: vi.fn() });
    slow.begin(2, whole.text, "");
    slow.finish();
    expect(slow.slow(whole)).toEqual(whole);

    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    slow.begin(2, whole.text, "");
    expect(slow.busy).toBe(false);
  });
});
