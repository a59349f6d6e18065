import { describe, expect, it } from "vitest";
import { graphEdge } from "../testing/graphs";
import { shortestCircle, stepsInside } from "./cycles";

const edge = (less_wise: number, wiser: number, likelihood = 0.8) => graphEdge({ less_wise, wiser, likelihood });

describe("circles", () => {
  it("finds the shortest way round, each step where the last one ended", () => {
    const edges = [edge(1, 2), edge(2, 3), edge(3, 4), edge(4, 1), edge(3, 1), edge(9, 1)];

    expect(shortestCircle([1, 2, 3, 4], edges).map(({ less_wise, wiser }) => [less_wise, wiser])).toEqual([[1, 2], [2, 3], [3, 1]]);
  });

  it("counts only steps that point somewhere inside the group", () => {
    const edges = [edge(1, 2), edge(2, 3, 0.5), edge(2, 9), edge(3, 1)];

    expect(stepsInside([1, 2, 3], edges)).toHaveLength(2);
    expect(shortestCircle([1, 2, 3], edges)).toEqual([]);
  });
});
