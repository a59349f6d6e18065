/** Every measured number of a run: the loss large, the others below it. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { useStudy } from "@/studio/shell/routes";
import { recipesQuery } from "../api/recipes";
import type { Run } from "../api/types";
import { pointsOf } from "../hooks/live-run";
import { measuresOf, recipeOf } from "../hooks/recipes";
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
  const { slug } = useStudy();
  const { data: recipes } = useQuery(recipesQuery(slug));
  const measures = measuresOf(recipeOf(recipes ?? [], run.method));
  const placeOf = (name: string): number => measures.get(name)?.place ?? measures.size;
  const others = [...points.keys()].filter((name) => name !== FIRST).sort((a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b));
  const checkpoints = run.checkpoints.map(({ step }) => step);
  if (points.size === 0) {
    return <EmptyState title="No points yet"><p>The loss appears here with the first steps; the page need not be reloaded.</p></EmptyState>;
  }
  return (
    <div className="run-charts">
      <RunChart points={points} name={FIRST} label="Loss" meaning={measures.get(FIRST)?.meaning} lastStep={run.total_steps} checkpoints={checkpoints} />
      {others.map((name) => <RunChart key={name} points={points} name={name} label={measures.get(name)?.label ?? labelOf(name)} meaning={measures.get(name)?.meaning} lastStep={run.total_steps} />)}
    </div>
  );
}
