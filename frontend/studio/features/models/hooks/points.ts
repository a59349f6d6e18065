/** The points of a run: one for each step and name, whatever arrives and however often. */

/** One measured number of a run. */
export interface Point {
  step: number;
  name: string;
  value: number;
}

/** Points by name, then by step. */
export type Points = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Take in a batch. A run that went on from an earlier checkpoint says after which step the old points no longer count. */
export function withPoints(points: Points, batch: readonly Point[], supersededAfter: number | null = null): Points {
  const next = new Map<string, Map<number, number>>();
  for (const [name, series] of points) {
    const kept = [...series].filter(([step]) => supersededAfter === null || step <= supersededAfter);
    next.set(name, new Map(kept));
  }
  for (const { step, name, value } of batch) {
    const series = next.get(name) ?? new Map<number, number>();
    series.set(step, value);
    next.set(name, series);
  }
  return next;
}

/** One series in the order of its steps. */
export function seriesOf(points: Points, name: string): Point[] {
  return [...(points.get(name) ?? [])].map(([step, value]) => ({ step, name, value })).sort((a, b) => a.step - b.step);
}

/** A quieter line through noisy points: an exponential mean, corrected for its start; `weight` from 0 (as it is) to below 1. */
export function smoothed(series: readonly Point[], weight: number): Point[] {
  let mean = 0;
  let mass = 0;
  return series.map((point) => {
    mean = weight * mean + (1 - weight) * point.value;
    mass = weight * mass + (1 - weight);
    return { ...point, value: mean / mass };
  });
}
