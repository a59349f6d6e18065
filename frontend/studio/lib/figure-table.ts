/** The table behind a figure, read from its traces where the server gives none. */
import type { PlotlyFigure } from "./plotly";

/** Headings and rows, ready to draw. */
export interface FigureTable {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

function cells(values: unknown): (string | number | null)[] {
  if (!Array.isArray(values)) return [];
  return values.map((value: unknown) =>
    typeof value === "number" || typeof value === "string" ? value : value === null || value === undefined ? null : String(value));
}

function axisTitle(layout: Record<string, unknown> | undefined, name: string, otherwise: string): string {
  const title = (layout?.[name] as { title?: { text?: string } | string } | undefined)?.title;
  return (typeof title === "string" ? title : title?.text) ?? otherwise;
}

/** One row a point: its series, x and y. */
export function tableOf({ data, layout }: PlotlyFigure): FigureTable {
  const rows = data.flatMap((trace, index) => {
    const name = typeof trace.name === "string" ? trace.name : `Series ${index + 1}`;
    const xs = cells(trace.x ?? trace.labels);
    const ys = cells(trace.y ?? trace.values);
    return (xs.length >= ys.length ? xs : ys).map((_, at) => [name, xs[at] ?? null, ys[at] ?? null]);
  });
  return { columns: ["Series", axisTitle(layout, "xaxis", "x"), axisTitle(layout, "yaxis", "y")], rows };
}
