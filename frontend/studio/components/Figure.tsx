/** A figure that the server built: the finding as its title, one sentence, the drawing, and its table one key away. */
import { Button } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { useIsDark } from "@/studio/lib/colours";
import { type FigureTable, tableOf } from "@/studio/lib/figure-table";
import { dressed, loadPlotly, type PlotlyFigure } from "@/studio/lib/plotly";
import { Icon } from "./Icon";
import { StudioLink } from "./StudioLink";

interface FigureProps {
  /** States the finding. */
  title: string;
  /** One sentence that says what the drawing shows. */
  summary: string;
  figure: PlotlyFigure;
  /** The numbers; read from the drawing where left out. */
  table?: FigureTable;
  height?: number;
  /** Which heading level the title has in its place. */
  level?: 2 | 3 | 4;
  onPoint?: (point: { customdata?: unknown; x?: unknown; y?: unknown }) => void;
  /** Where the rows behind a point are listed, from what the server said of it; keep it the same between renders. */
  addressOf?: (said: unknown) => string | undefined;
}

interface PlotlyRoot extends HTMLDivElement {
  on?: (event: string, tell: (event: { points: { customdata?: unknown; x?: unknown; y?: unknown }[] }) => void) => void;
  removeAllListeners?: (event: string) => void;
}

function Drawing({ figure, height, onPoint }: Pick<FigureProps, "figure" | "height" | "onPoint">) {
  const root = useRef<PlotlyRoot>(null);
  const [room, setRoom] = useState(0);
  const isDark = useIsDark();
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let gone = false;
    const element = root.current;
    if (!element) return undefined;
    const config = { displayModeBar: false, responsive: true, scrollZoom: false };
    loadPlotly()
      .then(async (plotly) => {
        if (gone) return;
        const { data, layout } = dressed(figure);
        await plotly.react(element, data, { ...layout, height }, config);
        element.removeAllListeners?.("plotly_click");
        if (onPoint) element.on?.("plotly_click", ({ points }) => { if (points[0]) onPoint(points[0]); });
      })
      .catch(() => { if (!gone) setFailed(true); });
    return () => { gone = true; };
  }, [figure, height, isDark, onPoint, room]);
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    // The frame may find its width after the first drawing, and change it without the window.
    const watch = new ResizeObserver(([entry]) => { if (entry) setRoom(Math.round(entry.contentRect.width)); });
    watch.observe(element);
    return () => { watch.disconnect(); };
  }, []);
  useEffect(() => {
    const element = root.current;
    return () => { if (element) void loadPlotly().then((plotly) => { plotly.purge(element); }); };
  }, []);

  if (failed) return <p className="figure-failed">The drawing could not be loaded; its table holds the same numbers.</p>;
  return <div ref={root} className="figure-drawing" style={{ minHeight: height }} aria-hidden="true" />;
}

function shown(cell: string | number | null): string {
  return typeof cell === "number" ? cell.toLocaleString(undefined, { maximumFractionDigits: 4 }) : cell ?? "–";
}

/** The table; the last cell of a row, its n, opens the rows behind it where these have an address. */
function Numbers({ table, caption, addressOf }: { table: FigureTable; caption: string; addressOf?: FigureProps["addressOf"] }) {
  return (
    <div className="data-table-frame" tabIndex={0} role="region" aria-label={caption}>
      <table className="data-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead><tr>{table.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>
          {table.rows.map((row, index) => {
            const address = addressOf?.(table.data?.[index]);
            return (
              <tr key={index}>
                {row.map((cell, at) => (
                  <td key={at} className={typeof cell === "number" ? "is-numeric" : undefined}>
                    {address !== undefined && at === row.length - 1 ? <StudioLink to={address} className="number-link">{shown(cell)}</StudioLink> : shown(cell)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Draws the figure with Plotly, loaded when first needed. */
export function Figure({ title, summary, figure, table, height = 360, level = 2, onPoint, addressOf }: FigureProps) {
  const { history, basepath } = useRouter();
  const follow = useCallback(({ customdata }: { customdata?: unknown }) => {
    const address = addressOf?.(customdata);
    if (address !== undefined) history.push(`${basepath === "/" ? "" : basepath}${address}`);
  }, [addressOf, history, basepath]);
  const [asTable, setAsTable] = useState(false);
  const numbers = useMemo(() => table ?? tableOf(figure), [table, figure]);
  const id = useId();
  const Title = `h${level}` as const;
  return (
    <figure className="figure" aria-labelledby={id}>
      <figcaption className="figure-head">
        <div>
          <Title id={id} className="figure-title">{title}</Title>
          <p className="figure-summary">{summary}</p>
        </div>
        <Button variant="default" size="compact-md" leftSection={<Icon name="table" size={16} />} aria-pressed={asTable} onClick={() => { setAsTable(!asTable); }}>
          {asTable ? "Show drawing" : "Show table"}
        </Button>
      </figcaption>
      {asTable ? <Numbers table={numbers} caption={title} addressOf={addressOf} /> : <Drawing figure={figure} height={height} onPoint={addressOf ? follow : onPoint} />}
    </figure>
  );
}
