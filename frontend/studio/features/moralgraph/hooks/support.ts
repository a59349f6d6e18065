/** How far people's votes support a value: the share of "wiser" among the answers on steps that lead to it. */
import type { GraphEdge } from "../api/types";

/** From 0 to 1 for each value that has such steps; "not about this" does not count as an answer. */
export function supportOf(edges: readonly GraphEdge[]): Map<number, number> {
  const sums = new Map<number, { wiser: number; all: number }>();
  for (const { wiser, counts } of edges) {
    const sum = sums.get(wiser) ?? { wiser: 0, all: 0 };
    sum.wiser += counts.wiser;
    sum.all += counts.wiser + counts.not_wiser + counts.unsure + counts.same;
    sums.set(wiser, sum);
  }
  return new Map([...sums].filter(([, { all }]) => all > 0).map(([id, { wiser, all }]) => [id, wiser / all]));
}
