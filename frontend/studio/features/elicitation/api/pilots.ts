/** Pilots: simulated participants who walk through a study, and what they found. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import { pilotRuns } from "../hooks/pilots";
import type { NewPilot, Pilot, PilotReport } from "./types";

const REFRESH_MS = 1500;

/** A study's pilots, the newest first; read again while one runs. */
export function pilotsQuery(slug: string) {
  return queryOptions({
    queryKey: ["pilots", slug],
    queryFn: ({ signal }) => request<Pilot[]>(studyPath(slug, "pilots/"), { signal }),
    refetchInterval: ({ state }) => (state.data?.some(pilotRuns) ? REFRESH_MS : false),
  });
}

/** One pilot with its report, as far as it is. */
export function pilotQuery(slug: string, id: number) {
  return queryOptions({
    queryKey: ["pilots", slug, id],
    queryFn: ({ signal }) => request<PilotReport>(studyPath(slug, `pilots/${id}/`), { signal }),
    refetchInterval: ({ state }) => (state.data && pilotRuns(state.data) ? REFRESH_MS : false),
  });
}

/** The address of a pilot's report as a file. */
export function pilotFile(slug: string, id: number, form: "csv" | "json"): string {
  return studyPath(slug, `pilots/${id}/file/?form=${form}`);
}

/** Begin, stop, let go on, delete. */
export function usePilots(slug: string) {
  const queries = useQueryClient();
  const onSuccess = (): Promise<void> => queries.invalidateQueries({ queryKey: ["pilots", slug] });
  const start = useMutation({ mutationFn: (plan: NewPilot) => request<PilotReport>(studyPath(slug, "pilots/"), { body: plan }), onSuccess });
  const move = useMutation({
    mutationFn: ({ id, action }: { id: number; action: "stop" | "resume" }) => request<PilotReport>(studyPath(slug, `pilots/${id}/${action}/`), { method: "POST" }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: number) => request<undefined>(studyPath(slug, `pilots/${id}/`), { method: "DELETE" }),
    onSuccess: (_, id) => {
      queries.removeQueries({ queryKey: ["pilots", slug, id] });
      void queries.invalidateQueries({ queryKey: ["room", slug] });
      return queries.invalidateQueries({ queryKey: ["pilots", slug], exact: true });
    },
  });
  return { start, move, remove };
}
