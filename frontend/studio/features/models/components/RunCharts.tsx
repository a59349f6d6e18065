/** Every measured number of a run: the loss large, the others below it; beside other runs where somebody chose some. */
import { Button, NativeSelect } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { choiceFrom, namesFrom, useAddress } from "@/studio/lib/address";
import { studyPath, useStudy } from "@/studio/shell/routes";
import { recipesQuery } from "../api/recipes";
import type { Run } from "../api/types";
import { MOST_OTHERS, type RunLine } from "../hooks/chart";
import { liveRunQuery, pointsOf, useLiveRun } from "../hooks/live-run";
import { seriesOf, type Points } from "../hooks/points";
import { measuresOf, recipeOf } from "../hooks/recipes";
import { RunChart } from "./RunChart";
import { RunComparison } from "./RunComparison";
import { RunDifferences } from "./RunDifferences";

const FIRST = "loss";
const SMOOTHING = ["0", "0.6", "0.9", "0.98"] as const;
const SMOOTHING_WORDS = { "0": "No smoothing", "0.6": "Some smoothing", "0.9": "Strong smoothing", "0.98": "Very strong smoothing" };

/** What an empty chart waits for. */
function waitingText({ state, message }: Run): string {
  if (state === "queued") return "The run waits for the trainer. The loss appears here with the first steps; the page need not be reloaded.";
  if (state !== "running") return "The run ended before its first step.";
  return `${message} The loss appears here with the first steps, as a rule in less than a minute; a large model takes longer to load.`.trim();
}

/** A series' name as people read it. */
export function labelOf(name: string): string {
  const words = name.replaceAll(/[_/]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The runs that the address names beside this one, with their points. */
function useOthers(run: Run): { run: Run; points: Points }[] {
  const { slug } = useStudy();
  const [search] = useAddress();
  const chosen = namesFrom(search, "with").filter((id) => id !== run.id).slice(0, MOST_OTHERS);
  const answers = useQueries({ queries: chosen.map((id) => liveRunQuery(slug, id)) });
  return answers.flatMap(({ data }) => (data ? [{ run: data, points: pointsOf(data) }] : []));
}

/** Follows a run that another is compared with; draws nothing. */
function Follower({ id }: { id: string }) {
  useLiveRun(useStudy().slug, id);
  return null;
}

function useLog(): [(name: string) => boolean, (name: string, isLog: boolean) => void] {
  const [search, change] = useAddress();
  const names = namesFrom(search, "log");
  return [
    (name) => names.includes(name),
    (name, isLog) => { change({ log: [...names.filter((one) => one !== name), ...(isLog ? [name] : [])].join(",") }); },
  ];
}

/** Draws one chart a series. */
export function RunCharts({ run }: { run: Run }) {
  const points = useMemo(() => pointsOf(run), [run]);
  const { slug } = useStudy();
  const [search, change] = useAddress();
  const [isLog, setLog] = useLog();
  const others = useOthers(run);
  const { data: recipes } = useQuery(recipesQuery(slug));
  const measures = measuresOf(recipeOf(recipes ?? [], run.method));
  const placeOf = (name: string): number => (name === FIRST ? -1 : measures.get(name)?.place ?? measures.size);
  const names = [...points.keys()].sort((a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b));
  const smoothing = choiceFrom(search, "smooth", SMOOTHING);
  const checkpoints = run.checkpoints.map(({ step }) => step);
  if (points.size === 0) {
    return <EmptyState title="No points yet"><p>{waitingText(run)}</p></EmptyState>;
  }
  const linesOf = (name: string): RunLine[] => [{ run: run.name, series: seriesOf(points, name) }, ...others.map((other) => ({ run: other.run.name, series: seriesOf(other.points, name) }))];
  return (
    <div className="run-charts">
      <h2 className="visually-hidden">Charts</h2>
      {others.map((other) => <Follower key={other.run.id} id={other.run.id} />)}
      <div className="run-tools">
        <RunComparison run={run} others={others.map((other) => other.run)} />
        <NativeSelect label="Smoothing" size="xs" value={smoothing} data={SMOOTHING.map((value) => ({ value, label: SMOOTHING_WORDS[value] }))} onChange={(event) => { change({ smooth: event.currentTarget.value === "0" ? undefined : event.currentTarget.value }); }} />
        <Button component="a" variant="default" size="xs" href={studyPath(slug, `runs/${run.id}/points/file/`)} download>Download every point</Button>
      </div>
      {others.length > 0 && <RunDifferences runs={[run, ...others.map((other) => other.run)]} />}
      {names.map((name) => (
        <RunChart
          key={name}
          lines={linesOf(name)}
          name={name}
          label={measures.get(name)?.label ?? labelOf(name)}
          meaning={measures.get(name)?.meaning}
          total={run.counts[name]}
          lastStep={run.total_steps}
          checkpoints={name === FIRST ? checkpoints : []}
          view={{ smoothing: Number(smoothing), isLog: isLog(name), setLog: (next) => { setLog(name, next); } }}
        />
      ))}
    </div>
  );
}
