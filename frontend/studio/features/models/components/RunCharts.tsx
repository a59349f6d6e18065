/** Every measured number of a run: the loss large, the others below it. */
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import type { Run } from "../api/types";
import { pointsOf } from "../hooks/live-run";
import { RunChart } from "./RunChart";

const FIRST = "loss";

/** A series' name as people read it. */
export function labelOf(name: string): string {
  const words = name.replaceAll(/[_/]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Draws one chart a series. */
export function RunCharts({ run }: { run: Run }) {
  const points = useMemo(() => pointsOf(run), [run]);
  const others = [...points.keys()].filter((name) => name !== FIRST).sort();
  const checkpoints = run.checkpoints.map(({ step }) => step);
  if (points.size === 0) {
    return <EmptyState title="No points yet"><p>The loss appears here with the first steps; the page need not be reloaded.</p></EmptyState>;
  }
  return (
    <div className="run-charts">
      <RunChart points={points} name={FIRST} label="Loss" lastStep={run.total_steps} checkpoints={checkpoints} />
      {others.map((name) => <RunChart key={name} points={points} name={name} label={labelOf(name)} lastStep={run.total_steps} />)}
    </div>
  );
}
