/** A line chart drawn as plain SVG: quick to load, sharp at any size, redrawn with each point that arrives. */
import { useElementSize, useViewportSize } from "@mantine/hooks";
import { useState } from "react";
import { decimal } from "@/lib/numbers";
import { type Chart, chartOf, DASHES, MARGIN, nearestPoint, type RunLine } from "../hooks/chart";
import { smoothed } from "../hooks/points";

interface LineDrawingProps {
  /** The run of the page first. */
  lines: readonly RunLine[];
  /** How much the strong line is smoothed; the raw points lie faintly below it. */
  smoothing: number;
  log: boolean;
  lastStep?: number;
  checkpoints: readonly number[];
}

const TALLEST = 300;
const LOWEST = 180;
/** What stands above and below a chart on a low screen: a phone that lies on its side shows a whole chart. */
const AROUND = 170;

/** How tall a chart is on a screen of a height, which is 0 until it was measured. */
export function heightOn(screen: number): number {
  return screen === 0 ? TALLEST : Math.min(TALLEST, Math.max(LOWEST, screen - AROUND));
}

function Axes({ chart, width, height }: { chart: Chart; width: number; height: number }) {
  return (
    <g className="chart-axes">
      {chart.y.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${chart.y.place(tick)})`}>
          <line x1={MARGIN.left} x2={width - MARGIN.right} />
          <text x={MARGIN.left - 8} dy="0.32em" textAnchor="end">{Number(tick.toPrecision(3))}</text>
        </g>
      ))}
      {chart.x.ticks.map((tick) => (
        <text key={tick} x={chart.x.place(tick)} y={height - 8} textAnchor="middle">{tick}</text>
      ))}
    </g>
  );
}

function Line({ chart, line, place, smoothing }: { chart: Chart; line: RunLine; place: number; smoothing: number }) {
  return (
    <g className={`chart-run is-run-${place}`}>
      {smoothing > 0 && <path className="chart-raw" d={chart.path(line.series)} />}
      <path className="chart-line" strokeDasharray={DASHES[place]} d={chart.path(smoothed(line.series, smoothing))} />
      {place === 0 && line.series.length <= 80 && line.series.map(({ step, value }) => (
        <circle key={step} className="chart-dot" cx={chart.x.place(step)} cy={chart.y.place(value)} r={2.5} />
      ))}
    </g>
  );
}

/** Draws the series of one run or several; the place under the pointer is read out beside it. */
export function LineDrawing({ lines, smoothing, log, lastStep, checkpoints }: LineDrawingProps) {
  const { ref, width: measured } = useElementSize();
  const height = heightOn(useViewportSize().height);
  const [at, setAt] = useState<number>();
  const width = Math.max(measured, 280);
  const chart = chartOf({ series: lines.map(({ series }) => series), log, lastStep, width, height });
  const series = lines[0]?.series ?? [];
  const read = at === undefined ? undefined : nearestPoint(series, chart.x, at);
  return (
    <div ref={ref} className="chart-frame" aria-hidden="true">
      <svg
        className="chart"
        width={width}
        height={height}
        onPointerMove={(event) => { setAt(event.clientX - event.currentTarget.getBoundingClientRect().left); }}
        onPointerLeave={() => { setAt(undefined); }}
      >
        <Axes chart={chart} width={width} height={height} />
        {checkpoints.map((step) => (
          <path key={step} className="chart-checkpoint" d={`M${chart.x.place(step)} ${MARGIN.top}V${height - MARGIN.bottom}`} />
        ))}
        {[...lines.entries()].reverse().map(([place, line]) => <Line key={place} chart={chart} line={line} place={place} smoothing={smoothing} />)}
        {read && <circle className="chart-read" cx={chart.x.place(read.step)} cy={chart.y.place(read.value)} r={5} />}
      </svg>
      <p className="chart-reading">{read ? `Step ${read.step}: ${decimal(read.value, 4)}` : "Steps"}</p>
    </div>
  );
}
