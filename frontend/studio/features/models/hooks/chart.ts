/** The places and paths of a run's chart, from its points. Pure: the component only draws. */
import type { Point } from "./points";
import { type Scale, scaleOf } from "./scale";

/** The room for the drawing, in pixels. */
export interface ChartRoom {
  width: number;
  height: number;
}

/** Everything that the drawing needs. */
export interface Chart {
  x: Scale;
  y: Scale;
  path: (series: readonly Point[]) => string;
}

/** Room for the numbers beside the axes. */
export const MARGIN = { top: 12, right: 14, bottom: 30, left: 52 } as const;

interface ChartOptions extends ChartRoom {
  series: readonly (readonly Point[])[];
  log: boolean;
  lastStep?: number;
}

/** Whether a log scale can show these points. */
export function allowsLog(points: readonly Point[]): boolean {
  return points.length > 0 && points.every(({ value }) => value > 0);
}

/** Lay out the chart of some series over the same steps. */
export function chartOf({ series, log, lastStep = 0, width, height }: ChartOptions): Chart {
  const points = series.flat();
  const steps = points.map(({ step }) => step);
  const values = points.map(({ value }) => value);
  const x = scaleOf({ from: Math.min(0, ...steps), to: Math.max(1, lastStep, ...steps), start: MARGIN.left, end: width - MARGIN.right, count: Math.max(2, Math.floor(width / 110)) });
  const y = scaleOf({
    from: points.length > 0 ? Math.min(...values) : 0,
    to: points.length > 0 ? Math.max(...values) : 1,
    start: height - MARGIN.bottom,
    end: MARGIN.top,
    log: log && allowsLog(points),
  });
  const path = (line: readonly Point[]): string =>
    line.map(({ step, value }, index) => `${index === 0 ? "M" : "L"}${x.place(step).toFixed(1)} ${y.place(value).toFixed(1)}`).join("");
  return { x, y, path };
}

/** A series of one run on a chart; the first line is the run of the page. */
export interface RunLine {
  run: string;
  series: readonly Point[];
}

/** How the lines of several runs look: each its own dashes, so that colour is never alone. */
export const DASHES = [undefined, "7 4", "2 3", "10 3 2 3", "4 2"] as const;

/** As many runs as a chart can tell apart, the page's own left out. */
export const MOST_OTHERS = DASHES.length - 1;

/** Where the other runs are at their end, in a sentence; nothing where there are none. */
export function comparison(others: readonly RunLine[]): string {
  const told = others.flatMap(({ run, series }) => {
    const last = series.at(-1);
    return last ? [`${run} ends at ${last.value.toPrecision(3)} (step ${last.step})`] : [`${run} has no such points`];
  });
  return told.length === 0 ? "" : `${told.join("; ")}.`;
}

/** The rows of a chart's table: every step that a line has, with the value of each line there. */
export function rowsOf(lines: readonly RunLine[]): { step: number; values: (number | undefined)[] }[] {
  const byStep = lines.map(({ series }) => new Map(series.map(({ step, value }) => [step, value])));
  const steps = [...new Set(byStep.flatMap((values) => [...values.keys()]))].sort((a, b) => a - b);
  return steps.map((step) => ({ step, values: byStep.map((values) => values.get(step)) }));
}

/** The point of a series that lies nearest to a place across the chart. */
export function nearestPoint(series: readonly Point[], x: Scale, at: number): Point | undefined {
  return series.reduce<Point | undefined>(
    (best, point) => (best === undefined || Math.abs(x.place(point.step) - at) < Math.abs(x.place(best.step) - at) ? point : best),
    undefined,
  );
}

/** What the line did, in a sentence: the chart's title. */
export function finding(label: string, series: readonly Point[]): string {
  const [first] = series;
  const last = series.at(-1);
  if (first === undefined || last === undefined) return `${label}: no points yet`;
  if (series.length === 1) return `${label} is ${first.value.toPrecision(3)} at step ${first.step}`;
  const verb = last.value < first.value ? "fell" : last.value > first.value ? "rose" : "stayed";
  return `${label} ${verb} from ${first.value.toPrecision(3)} to ${last.value.toPrecision(3)} over ${last.step} steps`;
}
