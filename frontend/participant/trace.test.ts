import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Trace } from "./trace";

let field: HTMLTextAreaElement;

function type(text: string, waitMs: number): void {
  vi.advanceTimersByTime(waitMs);
  field.value = text;
  field.dispatchEvent(new Event("input"));
}

beforeEach(() => {
  vi.useFakeTimers();
  field = document.createElement("textarea");
});
afterEach(() => { vi.useRealTimers(); });

describe("a trace", () => {
  it("notes the length at most once a second, and once more at the end", () => {
    const trace = new Trace(field);
    type("I", 5000);
    type("I l", 300);
    type("I listen", 900);
    vi.advanceTimersByTime(4000);

    expect(trace.take()).toEqual([[0, 1], [1200, 8], [5200, 8]]);
  });

  it("begins anew with the next answer", () => {
    const trace = new Trace(field);
    type("One", 10);
    trace.take();

    expect(trace.take()).toEqual([]);
    type("Two more", 9000);
    expect(trace.take()[0]).toEqual([0, 8]);
  });

  it("stays small however long the answer takes, and keeps its beginning", () => {
    const trace = new Trace(field);
    for (let second = 1; second <= 3000; second += 1) type("x".repeat(second), 1000);

    const points = trace.take();

    expect(points.length).toBeLessThanOrEqual(600);
    expect(points[0]).toEqual([0, 1]);
    expect(points.at(-1)?.[1]).toBe(3000);
  });
});
