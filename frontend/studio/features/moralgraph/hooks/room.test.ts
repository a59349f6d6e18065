import { describe, expect, it } from "vitest";
import { emptyRoom, isOn, overlap, placesBeside } from "./room";

const size = { wide: 40, high: 10 };

describe("room for names", () => {
  it("puts a name under its value, and over it where another stands below", () => {
    const room = emptyRoom();
    room.clear([{ x: 80, y: 110, wide: 40, high: 20 }]);

    expect(room.take(placesBeside({ x: 0, y: 0, radius: 5 }, size))).toEqual({ x: -20, y: 10, ...size });
    expect(room.take(placesBeside({ x: 100, y: 100, radius: 5 }, size))).toEqual({ x: 80, y: 80, ...size });
  });

  it("leaves a name out rather than writing over another", () => {
    const room = emptyRoom();
    const places = placesBeside({ x: 0, y: 0, radius: 2 }, size);
    room.clear([{ x: -100, y: -100, wide: 200, high: 200 }]);

    expect(room.take(places)).toBeUndefined();
    room.clear();
    expect(room.take(places)).toBeDefined();
  });

  it("lets no name stand half beyond the page", () => {
    const room = emptyRoom();
    const page = { wide: 100, high: 50 };
    room.clear([], page);

    // Under it the name would end at 115; to its left it ends at 90.
    expect(room.take(placesBeside({ x: 95, y: 20, radius: 5 }, size))).toEqual({ x: 45, y: 15, ...size });
    expect(isOn(page, { x: 60, y: 40, ...size })).toBe(true);
    expect(isOn(page, { x: 61, y: 40, ...size })).toBe(false);
  });

  it("lets names touch", () => {
    expect(overlap({ x: 0, y: 0, ...size }, { x: 40, y: 0, ...size })).toBe(false);
    expect(overlap({ x: 0, y: 0, ...size }, { x: 39, y: 9, ...size })).toBe(true);
  });
});
