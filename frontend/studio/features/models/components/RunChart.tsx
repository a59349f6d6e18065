/** One measured number of a run over its steps: the finding, the drawing, and its table one key away. */
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useId, useState } from "react";
import { Icon } from "@/studio/components/Icon";
import { allowsLog, finding } from "../hooks/chart";
import { type Points, seriesOf, smoothed } from "../hooks/points";
import { LineDrawing } from "./LineDrawing";
import { PointsTable } from "./PointsTable";

interface RunChartProps {
  points: Points;
  name: string;
  label: string;
  meaning?: string;
  lastStep?: number;
  checkpoints?: readonly number[];
}

const SMOOTHING = [
  { value: "0", label: "No smoothing" },
  { value: "0.6", label: "Some smoothing" },
  { value: "0.9", label: "Strong smoothing" },
];

/** Draws the series of one name; `data-points` and `data-last-step` say what is on the screen. */
export function RunChart({ points, name, label, meaning, lastStep, checkpoints = [] }: RunChartProps) {
  const [asTable, setAsTable] = useState(false);
  const [isLog, setIsLog] = useState(false);
  const [weight, setWeight] = useState("0");
  const id = useId();
  const series = seriesOf(points, name);
  const title = finding(label, series);
  return (
    <figure className="figure" aria-labelledby={id} data-series={name} data-points={series.length} data-last-step={series.at(-1)?.step}>
      <figcaption className="figure-head">
        <div>
          <h3 id={id} className="figure-title">{title}</h3>
          <p className="figure-summary">{meaning && `${meaning} `}{series.length} points, each step once{checkpoints.length > 0 ? "; dashed lines are saved checkpoints" : ""}.</p>
        </div>
        <div className="chart-controls">
          <NativeSelect aria-label={`Smoothing of ${label}`} size="xs" data={SMOOTHING} value={weight} onChange={(event) => { setWeight(event.currentTarget.value); }} />
          <Checkbox label="Log scale" size="xs" checked={isLog} disabled={!allowsLog(series)} onChange={(event) => { setIsLog(event.currentTarget.checked); }} />
          <Button variant="default" size="compact-md" leftSection={<Icon name="table" size={16} />} aria-pressed={asTable} onClick={() => { setAsTable(!asTable); }}>
            {asTable ? "Show drawing" : "Show table"}
          </Button>
        </div>
      </figcaption>
      {asTable
        ? <PointsTable caption={`${label}, every point`} series={series} />
        : <LineDrawing series={series} smooth={smoothed(series, Number(weight))} log={isLog} lastStep={lastStep} checkpoints={checkpoints} />}
    </figure>
  );
}
