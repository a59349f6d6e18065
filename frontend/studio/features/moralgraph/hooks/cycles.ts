/** Circles in the graph: one way round, and the votes that make it. */
import type { GraphEdge } from "../api/types";

function pathBetween(steps: ReadonlyMap<number, readonly GraphEdge[]>, from: number, to: number): GraphEdge[] | undefined {
  const cameBy = new Map<number, GraphEdge | undefined>([[from, undefined]]);
  const queue = [from];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const edge of steps.get(at) ?? []) {
      if (cameBy.has(edge.wiser)) continue;
      cameBy.set(edge.wiser, edge);
      queue.push(edge.wiser);
    }
  }
  if (!cameBy.has(to)) return undefined;
  const path: GraphEdge[] = [];
  for (let edge = cameBy.get(to); edge !== undefined; edge = cameBy.get(edge.less_wise)) path.unshift(edge);
  return path;
}

/** The steps inside a group of values that lead upwards. */
export function stepsInside(group: readonly number[], edges: readonly GraphEdge[]): GraphEdge[] {
  const members = new Set(group);
  return edges.filter((edge) => edge.n > 0 && edge.likelihood > 0.5 && members.has(edge.less_wise) && members.has(edge.wiser));
}

/** The shortest way round through a group: each step leads to where the next one begins. */
export function shortestCircle(group: readonly number[], edges: readonly GraphEdge[]): GraphEdge[] {
  const steps = new Map<number, GraphEdge[]>();
  const inside = stepsInside(group, edges);
  for (const edge of inside) steps.set(edge.less_wise, [...(steps.get(edge.less_wise) ?? []), edge]);
  let best: GraphEdge[] = [];
  for (const edge of inside) {
    const back = pathBetween(steps, edge.wiser, edge.less_wise);
    if (back && (best.length === 0 || back.length + 1 < best.length)) best = [edge, ...back];
    // Two values cannot make a circle: their votes are one edge.
    if (best.length === 3) break;
  }
  return best;
}
