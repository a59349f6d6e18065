/** One measured number of a run over its steps, alone or beside other runs: the finding, the drawing, and its table one key away. */
import { Button, Checkbox } from "@mantine/core";
import { useId, useState } from "react";
import { count } from "@/lib/numbers";
import { Icon } from "@/studio/components/Icon";
import { allowsLog, comparison, finding, type RunLine } from "../hooks/chart";
import { LineDrawing } from "./LineDrawing";
import { PointsTable } from "./PointsTable";

/** How all charts of a page are looked at. */
export interface ChartView {
  smoothing: number;
  isLog: boolean;
  setLog: (isLog: boolean) => void;
}

interface RunChartProps {
  /** The run of the page first, then those that it is compared with. */
  lines: readonly RunLine[];
  name: string;
  label: string;
  meaning?: string;
  /** How many points there are, where not all of them are drawn. */
  total?: number;
  lastStep?: number;
  checkpoints?: readonly number[];
  view: ChartView;
}

function pointsText(drawn: number, total = drawn): string {
  return total > drawn ? `${count(total)} points, drawn from ${count(drawn)} with every peak kept` : `${count(drawn)} points, each step once`;
}

/** Draws the series of one name; `data-points` and `data-last-step` say what is on the screen. */
export function RunChart({ lines, name, label, meaning, total, lastStep, checkpoints = [], view }: RunChartProps) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const series = lines[0]?.series ?? [];
  const canLog = allowsLog(lines.flatMap((line) => line.series));
  const summary = [meaning, `${pointsText(series.length, total)}${checkpoints.length > 0 ? "; dashed upright lines are saved checkpoints" : ""}.`, comparison(lines.slice(1))];
  return (
    <figure className="figure" aria-labelledby={id} data-series={name} data-points={series.length} data-last-step={series.at(-1)?.step}>
      <figcaption className="figure-head run-figure-head">
        <div>
          <h3 id={id} className="figure-title">{finding(label, series)}</h3>
          <p className="figure-summary">{summary.filter(Boolean).join(" ")}</p>
        </div>
        <div className="chart-controls">
          <Checkbox label="Log scale" size="xs" checked={view.isLog && canLog} disabled={!canLog} onChange={(event) => { view.setLog(event.currentTarget.checked); }} />
          <Button variant="default" size="compact-md" leftSection={<Icon name="table" size={16} />} aria-pressed={asTable} onClick={() => { setAsTable(!asTable); }}>
            {asTable ? "Show drawing" : "Show table"}
          </Button>
        </div>
      </figcaption>
      {asTable
        ? <PointsTable caption={total !== undefined && total > series.length ? `${label}, the drawn points` : `${label}, every point`} lines={lines} />
        : <LineDrawing lines={lines} smoothing={view.smoothing} log={view.isLog && canLog} lastStep={lastStep} checkpoints={checkpoints} />}
    </figure>
  );
}
