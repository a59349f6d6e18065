/** The table behind a figure, read from its traces where the server gives none. */
import type { PlotlyFigure } from "./plotly";

type Cell = string | number | null;

/** Headings and rows, ready to draw; `data` is what the server said of each row's point. */
export interface FigureTable {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  data?: readonly unknown[];
}

/** What the server says of a trace's points beside x and y. */
interface TraceMeta {
  label?: unknown;
  low?: unknown;
  high?: unknown;
  n?: unknown;
}

function cells(values: unknown): Cell[] {
  if (!Array.isArray(values)) return [];
  return values.map((value: unknown) =>
    typeof value === "number" || typeof value === "string" ? value : value === null || value === undefined ? null : String(value));
}

function axisTitle(layout: Record<string, unknown> | undefined, name: string, otherwise: string): string {
  const title = (layout?.[name] as { title?: { text?: string } | string } | undefined)?.title;
  return (typeof title === "string" ? title : title?.text) ?? otherwise;
}

const BESIDE = ["low", "high", "n"] as const;

/** One row a point: its series, x and y, and its interval and n where any trace has them. */
export function tableOf({ data, layout }: PlotlyFigure): FigureTable {
  const beside = BESIDE.filter((name) => data.some(({ meta }) => (meta as TraceMeta | undefined)?.[name] !== undefined));
  const points: unknown[] = [];
  const rows = data.flatMap((trace, index) => {
    const name = typeof trace.name === "string" ? trace.name : `Series ${index + 1}`;
    const meta = (trace.meta ?? {}) as TraceMeta;
    const xs = cells(trace.x ?? trace.labels);
    const ys = cells(meta.label ?? trace.y ?? trace.values);
    const more = beside.map((key) => cells(meta[key]));
    const said: readonly unknown[] = Array.isArray(trace.customdata) ? trace.customdata : [];
    return (xs.length >= ys.length ? xs : ys).map((_, at) => {
      points.push(said[at]);
      return [name, xs[at] ?? null, ys[at] ?? null, ...more.map((column) => column[at] ?? null)];
    });
  });
  const named = (layout?.meta as { columns?: readonly string[] } | undefined)?.columns;
  const headings = named ?? ["Series", axisTitle(layout, "xaxis", "x"), axisTitle(layout, "yaxis", "y")];
  return { columns: [...headings, ...beside], rows, data: points };
}
