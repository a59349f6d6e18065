/** A run that is watched: its points and its state from one answer and all events after it, no gap and nothing twice. */
import { queryOptions, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { runQuery, runSamplesQuery } from "../api/runs";
import type { Run, RunAlertedEvent, RunChangedEvent, RunPointsEvent, RunSampledEvent } from "../api/types";
import { MOST_POINTS, type Point, type Points, seriesOf, thinned, withPoints } from "./points";

type RunEvent = RunPointsEvent | RunChangedEvent | RunSampledEvent | RunAlertedEvent;

const QUEUE_REFRESH_MS = 5000;

/** The run after a batch of points. */
export function withBatch(run: Run, { points, superseded_after }: RunPointsEvent, seq: number): Run {
  const held = withPoints(new Map(), run.points);
  const merged = withPoints(held, points, superseded_after);
  const counts = countsAfter(run, held, points);
  const drawn = [...merged.keys()].flatMap((name) => thinnedLate(seriesOf(merged, name)));
  return { ...run, points: drawn, counts: superseded_after === null ? counts : sizesOf(merged), seq: Math.max(run.seq, seq) };
}

/** How many points there are of each series: a point that was not held is a new one. */
function countsAfter(run: Run, held: Points, batch: readonly Point[]): Record<string, number> {
  const counts = { ...run.counts };
  for (const { name, step } of batch) {
    if (!held.get(name)?.has(step)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function sizesOf(points: Points): Record<string, number> {
  return Object.fromEntries([...points].map(([name, series]) => [name, series.size]));
}

/** Thinned when there are twice as many as are drawn, so that it is not done at every event. */
function thinnedLate(series: readonly Point[]): readonly Point[] {
  return series.length > 2 * MOST_POINTS ? thinned(series) : series;
}

/** The run after it moved. */
export function withChange(run: Run, { state, message, step, total_steps, too_long, progress, away_since, stopping }: RunChangedEvent, seq: number): Run {
  return { ...run, state, message, step, total_steps, too_long, progress, away_since, stopping, place: state === "queued" ? run.place : null, seq: Math.max(run.seq, seq) };
}

/** The run after an alert began or ended: the newest first, each once. */
export function withAlert(run: Run, { alert }: RunAlertedEvent, seq: number): Run {
  const others = run.alerts.filter(({ id }) => id !== alert.id);
  return { ...run, alerts: [alert, ...others].sort((a, b) => b.id - a.id), seq: Math.max(run.seq, seq) };
}

/** A later answer over what events brought: an answer from before the last event must not take its points away. */
export function withAnswer(held: Run | undefined, answer: Run): Run {
  if (!held || held.id !== answer.id || held.seq <= answer.seq) return answer;
  const { points, counts, alerts, state, message, step, total_steps, too_long, progress, away_since, stopping, seq } = held;
  return { ...answer, points, counts, alerts, state, message, step, total_steps, too_long, progress, away_since, stopping, seq };
}

/** The run after any event. */
export function withEvent(run: Run, data: RunEvent, seq: number): Run {
  if (seq <= run.seq) return run;
  if ("points" in data) return withBatch(run, data, seq);
  if ("alert" in data) return withAlert(run, data, seq);
  return "state" in data ? withChange(run, data, seq) : { ...run, seq };
}

/** Points of a run, by name and step. */
export function pointsOf(run: Run): Points {
  return withPoints(new Map(), run.points);
}

/** A run whose points events bring: read once, and anew where a place in the queue moves or too many events were missed. */
export function liveRunQuery(slug: string, id: string) {
  return queryOptions({
    ...runQuery(slug, id),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // A place in the queue moves with other runs, of which no event of this one tells.
    refetchInterval: ({ state }) => (state.data?.state === "queued" ? QUEUE_REFRESH_MS : false),
    structuralSharing: (held, answer) => withAnswer(held as Run | undefined, answer as Run),
  });
}

/** The run as it is now, and the state of the line. */
export function useLiveRun(slug: string, id: string): { result: UseQueryResult<Run>; line: LineState } {
  const queries = useQueryClient();
  const query = liveRunQuery(slug, id);
  const result = useQuery(query);
  const readAnew = async (): Promise<number> => {
    const { data } = await result.refetch({ throwOnError: true });
    return data?.seq ?? 0;
  };
  const line = useStream<RunEvent>(`study/${slug}/run/${id}`, result.data?.seq, ({ data, seq }) => {
    queries.setQueryData(query.queryKey, (run) => run && withEvent(run, data, seq));
    if ("sampled" in data) void queries.invalidateQueries({ queryKey: runSamplesQuery(slug, id).queryKey });
    // Checkpoints and evaluations are in the answer, not in the event.
    if ("state" in data && data.state !== "running") void queries.invalidateQueries({ queryKey: query.queryKey });
  }, readAnew);
  return { result, line };
}
