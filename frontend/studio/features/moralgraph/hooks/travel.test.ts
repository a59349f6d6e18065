import { describe, expect, it } from "vitest";
import { graphEdge } from "../testing/graphs";
import { standpointText, stepsOf, travelled } from "./travel";

const edges = [
  graphEdge({ less_wise: 1, wiser: 2, n: 4 }),
  graphEdge({ less_wise: 1, wiser: 3, n: 9, likelihood: 0.75 }),
  graphEdge({ less_wise: 4, wiser: 1, n: 5 }),
  graphEdge({ less_wise: 5, wiser: 1, n: 0 }),
];
const name = (id: number): string => `Value ${id}`;

describe("travel along the steps", () => {
  it("lists the steps up first, each kind by its votes, and none without votes", () => {
    expect(stepsOf(edges, 1).map(({ other, up }) => [other, up])).toEqual([[3, true], [2, true], [4, false]]);
  });

  it("goes up and down along the step with most votes", () => {
    expect(travelled(edges, { value: 1 }, "ArrowUp")).toEqual({ value: 3 });
    expect(travelled(edges, { value: 1 }, "ArrowDown")).toEqual({ value: 4 });
    expect(travelled(edges, { value: 3 }, "ArrowUp")).toBeUndefined();
  });

  it("looks along the steps round and round, and follows the one that it looks along", () => {
    const first = travelled(edges, { value: 1 }, "ArrowRight");
    expect(first).toEqual({ value: 1, step: 0 });
    expect(travelled(edges, { value: 1, step: 2 }, "ArrowRight")).toEqual({ value: 1, step: 0 });
    expect(travelled(edges, { value: 1 }, "ArrowLeft")).toEqual({ value: 1, step: 2 });
    expect(travelled(edges, { value: 1, step: 1 }, " ")).toEqual({ value: 2 });
    expect(travelled(edges, { value: 1, step: 1 }, "Escape")).toEqual({ value: 1 });
    expect(travelled(edges, { value: 1 }, " ")).toBeUndefined();
  });

  it("says where one stands", () => {
    expect(standpointText(edges, { value: 1 }, name)).toBe("Value 1: 2 steps lead up, 1 down.");
    expect(standpointText(edges, { value: 1, step: 0 }, name)).toBe("Step 1 of 3 from Value 1: up to Value 3, 75 % find Value 3 wiser (n = 9).");
  });
});
