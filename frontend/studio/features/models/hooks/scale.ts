/** From numbers to places on a chart: linear or logarithmic, with round ticks. */

/** One axis: where a number lies, and which numbers are written beside it. */
export interface Scale {
  place: (value: number) => number;
  ticks: readonly number[];
}

interface ScaleOptions {
  from: number;
  to: number;
  /** Places of both ends, in the picture's units. */
  start: number;
  end: number;
  log?: boolean;
  count?: number;
}

/** The step, out of 1, 2 and 5 times a power of ten, that cuts a span into about `count` pieces. */
export function roundStep(span: number, count: number): number {
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= raw) ?? 10;
  return factor * power;
}

function linearTicks(from: number, to: number, count: number): number[] {
  const step = roundStep(to - from, count);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

function logTicks(from: number, to: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power += 1) {
    ticks.push(...[1, 2, 5].map((factor) => Number((factor * 10 ** power).toPrecision(3))));
  }
  return ticks.filter((tick) => tick >= from && tick <= to);
}

/** Build an axis. A span of nothing is opened a little, so that a single point has a place. */
export function scaleOf({ from, to, start, end, log = false, count = 5 }: ScaleOptions): Scale {
  const isFlat = from === to;
  const low = isFlat ? from - (log ? from / 2 : 0.5) : from;
  const high = isFlat ? to + (log ? to / 2 : 0.5) : to;
  const map = log ? Math.log10 : (value: number) => value;
  const reach = map(high) - map(low);
  return {
    place: (value) => start + ((map(value) - map(low)) / reach) * (end - start),
    ticks: log ? logTicks(low, high) : linearTicks(low, high, count),
  };
}
