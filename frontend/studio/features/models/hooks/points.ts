/** The points of a run: one for each step and name, whatever arrives and however often. */

/** One measured number of a run. */
export interface Point {
  step: number;
  name: string;
  value: number;
}

/** Points by name, then by step. */
export type Points = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** As many points of a series as the server sends; what arrives after that is thinned when there are twice as many. */
export const MOST_POINTS = 1000;

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

/** At most `most` points over the whole range: of each of most / 4 stretches the first, the last, the lowest and the highest. */
export function thinned(series: readonly Point[], most = MOST_POINTS): readonly Point[] {
  const first = series[0];
  const last = series.at(-1);
  if (series.length <= most || !first || !last) return series;
  const width = (last.step - first.step + 1) / Math.floor(most / 4);
  const stretches = new Map<number, Point[]>();
  for (const point of series) {
    const place = Math.floor((point.step - first.step) / width);
    const stretch = stretches.get(place);
    if (stretch) stretch.push(point);
    else stretches.set(place, [point]);
  }
  return [...stretches.values()].flatMap(corners);
}

function corners(stretch: readonly Point[]): readonly Point[] {
  if (stretch.length <= 4) return stretch;
  const low = stretch.reduce((best, point) => (point.value < best.value ? point : best));
  const high = stretch.reduce((best, point) => (point.value > best.value ? point : best));
  return [...new Set([stretch[0], low, high, stretch.at(-1)])].filter((point) => point !== undefined).sort((a, b) => a.step - b.step);
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
