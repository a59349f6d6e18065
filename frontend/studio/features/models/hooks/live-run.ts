/** A run that is watched: its points and its state from one answer and all events after it, no gap and nothing twice. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { runQuery } from "../api/runs";
import type { Run, RunChangedEvent, RunPointsEvent } from "../api/types";
import { type Points, seriesOf, withPoints } from "./points";

/** The run after a batch of points. */
export function withBatch(run: Run, { points, superseded_after }: RunPointsEvent, seq: number): Run {
  const merged = withPoints(withPoints(new Map(), run.points), points, superseded_after);
  return { ...run, points: [...merged.keys()].flatMap((name) => seriesOf(merged, name)), seq: Math.max(run.seq, seq) };
}

/** The run after it moved. */
export function withChange(run: Run, { state, message, step, total_steps, too_long, progress }: RunChangedEvent, seq: number): Run {
  return { ...run, state, message, step, total_steps, too_long, progress, seq: Math.max(run.seq, seq) };
}

/** A later answer over what events brought: an answer from before the last event must not take its points away. */
export function withAnswer(held: Run | undefined, answer: Run): Run {
  if (!held || held.id !== answer.id || held.seq <= answer.seq) return answer;
  const { points, state, message, step, total_steps, too_long, progress, seq } = held;
  return { ...answer, points, state, message, step, total_steps, too_long, progress, seq };
}

/** Points of a run, by name and step. */
export function pointsOf(run: Run): Points {
  return withPoints(new Map(), run.points);
}

/** The run as it is now, and the state of the line. */
export function useLiveRun(slug: string, id: string): { result: UseQueryResult<Run>; line: LineState } {
  const queries = useQueryClient();
  const query = runQuery(slug, id);
  const result = useQuery({
    ...query,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    structuralSharing: (held, answer) => withAnswer(held as Run | undefined, answer as Run),
  });
  const line = useStream<RunPointsEvent | RunChangedEvent>(`study/${slug}/run/${id}`, result.data?.seq, ({ data, seq }) => {
    queries.setQueryData(query.queryKey, (run) => {
      if (!run || seq <= run.seq) return run;
      return "points" in data ? withBatch(run, data, seq) : withChange(run, data, seq);
    });
    // Checkpoints and evaluations are in the answer, not in the event.
    if ("state" in data && data.state !== "running") void queries.invalidateQueries({ queryKey: query.queryKey });
  });
  return { result, line };
}
