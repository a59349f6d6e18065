/** A line chart drawn as plain SVG: quick to load, sharp at any size, redrawn with each point that arrives. */
import { useElementSize } from "@mantine/hooks";
import { useState } from "react";
import { decimal } from "@/lib/numbers";
import { type Chart, chartOf, MARGIN, nearestPoint } from "../hooks/chart";
import type { Point } from "../hooks/points";

interface LineDrawingProps {
  series: readonly Point[];
  /** The line that is drawn strongly; the raw points lie faintly below it. */
  smooth: readonly Point[];
  log: boolean;
  lastStep?: number;
  checkpoints: readonly number[];
  height?: number;
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

/** Draws one series; the place under the pointer is read out beside it. */
export function LineDrawing({ series, smooth, log, lastStep, checkpoints, height = 300 }: LineDrawingProps) {
  const { ref, width: measured } = useElementSize();
  const [at, setAt] = useState<number>();
  const width = Math.max(measured, 280);
  const chart = chartOf({ series: [series], log, lastStep, width, height });
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
        <path className="chart-raw" d={chart.path(series)} />
        <path className="chart-line" d={chart.path(smooth)} />
        {series.length <= 80 && series.map(({ step, value }) => (
          <circle key={step} className="chart-dot" cx={chart.x.place(step)} cy={chart.y.place(value)} r={2.5} />
        ))}
        {read && <circle className="chart-read" cx={chart.x.place(read.step)} cy={chart.y.place(read.value)} r={5} />}
      </svg>
      <p className="chart-reading">{read ? `Step ${read.step}: ${decimal(read.value, 4)}` : "Steps"}</p>
    </div>
  );
}
