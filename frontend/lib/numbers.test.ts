import { describe, expect, it } from "vitest";
import { decimal, estimateText, room } from "./numbers";

describe("numbers as text", () => {
  it("show the interval and a grouped n", () => {
    expect(estimateText({ value: 0.291, low: 0.262, high: 0.3199, n: 1172 }, 2, "en")).toBe("0.29 [0.26, 0.32], n = 1,172");
  });

  it("part the ends by a semicolon where the comma is the decimal point", () => {
    expect(estimateText({ value: 0.291, low: 0.262, high: 0.3199, n: 1172 }, 2, "de")).toBe("0,29 [0,26; 0,32], n = 1.172");
  });

  it("leave out what is not known", () => {
    expect(estimateText({ value: 0.5, n: 4 }, 1, "en")).toBe("0.5, n = 4");
    expect(decimal(null)).toBe("–");
    expect(decimal(Number.NaN)).toBe("–");
  });

  it("say how much room something takes", () => {
    expect([512, 1_500, 15_400, 3_200_000, 16_060_000_000].map((bytes) => room(bytes, "en"))).toEqual(["512 bytes", "1.5 kB", "15 kB", "3.2 MB", "16 GB"]);
    expect(room(1_234_567, "de")).toBe("1,2 MB");
  });
});
