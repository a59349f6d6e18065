/** Plotly, loaded where a figure is drawn, and figures of the server put into the page's own colours. */
import { styleNonce } from "./nonce";
import { tokenColour } from "./colours";

/** A figure as the server builds it. */
export interface PlotlyFigure {
  data: readonly Record<string, unknown>[];
  layout?: Record<string, unknown>;
}

/** The little of Plotly that we call. */
export interface PlotlyLibrary {
  react: (
    root: HTMLElement,
    data: readonly Record<string, unknown>[],
    layout: Record<string, unknown>,
    config: Record<string, unknown>,
  ) => Promise<unknown>;
  purge: (root: HTMLElement) => void;
}

/** Light colours that the server writes into figures, and the tokens that they stand for. */
const TOKENS: Readonly<Record<string, string>> = {
  "#1f6a9e": "--data-consensus",
  "#b84d12": "--data-conflict",
  "#7d7364": "--data-indifference",
  "#1a7a63": "--data-human",
  "#8e3f78": "--data-algorithm",
  "#94700f": "--data-5",
  "#26211b": "--ink",
  "#574e43": "--ink-soft",
  "#e0d7c6": "--line",
  "#fffdf8": "--sheet",
  "#1b5647": "--accent",
  "#b8862b": "--gold",
};

/** Plotly writes rules into style elements that it makes itself; made here first, they carry the page's nonce. */
function prepareStyles(): void {
  const id = "plotly.js-style-global";
  if (document.getElementById(id)) return;
  const style = document.createElement("style");
  style.id = id;
  style.nonce = styleNonce();
  document.head.append(style);
}

let library: Promise<PlotlyLibrary> | undefined;

/** Load Plotly once. */
export function loadPlotly(): Promise<PlotlyLibrary> {
  prepareStyles();
  library ??= import("plotly.js-basic-dist-min").then((module) => module.default);
  return library;
}

function recolour(part: unknown): unknown {
  if (typeof part === "string") {
    const token = TOKENS[part.toLowerCase()] ?? /^var\((--[\w-]+)\)$/.exec(part)?.[1];
    return token === undefined ? part : tokenColour(token);
  }
  if (Array.isArray(part)) return part.map(recolour);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, recolour(value)]));
}

function axis(from: unknown): Record<string, unknown> {
  const line = tokenColour("--line");
  const { title, ...rest } = from as { title?: unknown };
  const words = typeof title === "string" ? { text: title } : (title as object | undefined);
  const named = words && { title: { ...words, font: { size: 14, color: tokenColour("--ink-soft") } } };
  return { automargin: true, gridcolor: line, zerolinecolor: tokenColour("--line-strong"), linecolor: line, ...rest, ...named };
}

const isAxis = (key: string): boolean => /^[xy]axis\d*$/.test(key);

/** The server's figure in the page's type and colours; its title is drawn as text above it, not inside. */
export function dressed(figure: PlotlyFigure): Required<PlotlyFigure> {
  const given = { xaxis: {}, yaxis: {}, ...(recolour(figure.layout ?? {}) as Record<string, unknown>) };
  const axes = Object.fromEntries(Object.entries(given).filter(([key]) => isAxis(key)).map(([key, value]) => [key, axis(value)]));
  const layout = {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 8, r: 8, t: 8, b: 8 },
    colorway: [1, 2, 3, 4, 5, 6].map((index) => tokenColour(`--data-${index}`)),
    ...given,
    ...axes,
    autosize: true,
    title: undefined,
    template: undefined,
    font: { family: '"Source Sans 3 Variable", system-ui, sans-serif', size: 14, color: tokenColour("--ink") },
    hoverlabel: { bgcolor: tokenColour("--raised"), bordercolor: tokenColour("--line-strong"), font: { color: tokenColour("--ink"), size: 14 } },
  };
  return { data: recolour(figure.data) as Required<PlotlyFigure>["data"], layout };
}
