/** Training runs: list, one run, launch, stop, resume, clone, log. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Log, LogSearch, Repeat, Run, RunInput, RunRow, RunSamples } from "./types";

/** All runs of a study, newest first. */
export function runsQuery(slug: string) {
  return queryOptions({
    queryKey: ["runs", slug],
    queryFn: ({ signal }) => request<RunRow[]>(studyPath(slug, "runs/"), { signal }),
  });
}

/** One run with every point so far and the number of the last event that these hold. */
export function runQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["run", slug, id],
    queryFn: ({ signal }) => request<Run>(studyPath(slug, `runs/${id}/`), { signal }),
  });
}

/** What a launch form is filled with to repeat a run. */
export function repeatQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["run-choice", slug, id],
    queryFn: ({ signal }) => request<Repeat>(studyPath(slug, `runs/${id}/choice/`), { signal }),
    enabled: id !== "",
    staleTime: Infinity,
  });
}

/** What the trainer printed. */
export function runLogQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["run-log", slug, id],
    queryFn: ({ signal }) => request<Log>(studyPath(slug, `runs/${id}/log/`), { signal }),
    refetchInterval: 5000,
  });
}

/** The lines of the log that hold some words. */
export function logSearchQuery(slug: string, id: string, words: string) {
  return queryOptions({
    queryKey: ["run-log-search", slug, id, words],
    queryFn: ({ signal }) => request<LogSearch>(studyPath(slug, `runs/${id}/log/search/?q=${encodeURIComponent(words)}`), { signal }),
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });
}

/** What the model answers to the same prompts, by step; the base's answers are those of step 0. */
export function runSamplesQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["run-samples", slug, id],
    queryFn: ({ signal }) => request<RunSamples[]>(studyPath(slug, `runs/${id}/samples/`), { signal }),
  });
}

/** What is sent: an empty name is left out, so that the server numbers the run. */
export function requestOf({ name, ...rest }: RunInput): Partial<RunInput> {
  return name === "" ? rest : { name, ...rest };
}

/** Launch a run, here or for another machine. */
export function useLaunch(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ elsewhere, ...input }: RunInput & { elsewhere?: boolean }) => request<Run>(studyPath(slug, "runs/"), { body: { ...requestOf(input), elsewhere } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["runs", slug] }),
  });
}

/** Let another machine train a run (POST), or wait for it no longer (DELETE). */
export function useElsewhere(slug: string, id: string, method: "POST" | "DELETE") {
  const refresh = useRefreshedRun(slug, id);
  return useMutation({
    mutationFn: () => request<Run>(studyPath(slug, `runs/${id}/elsewhere/`), { method, body: {} }),
    onSuccess: refresh,
  });
}

/** Send the folder of a run that trained elsewhere. */
export function useBringBack(slug: string, id: string) {
  const refresh = useRefreshedRun(slug, id);
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return request<Run>(studyPath(slug, `runs/${id}/return/`), { body: form });
    },
    onSuccess: refresh,
  });
}

/** Reads again what shows where a run stands. */
function useRefreshedRun(slug: string, id: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all([
    queries.invalidateQueries({ queryKey: ["run", slug, id] }),
    queries.invalidateQueries({ queryKey: ["runs", slug] }),
    queries.invalidateQueries({ queryKey: ["run-samples", slug, id] }),
  ]);
}

/** Stop, resume or clone a run, or put it first in the queue; a clone is a new run. */
export function useRunAction(slug: string, id: string, action: "stop" | "first" | "resume" | "clone") {
  const refresh = useRefreshedRun(slug, id);
  const queries = useQueryClient();
  const say = (stopping: boolean): void => { queries.setQueryData<Run>(["run", slug, id], (run) => run && { ...run, stopping: stopping && run.state === "running" }); };
  return useMutation({
    mutationFn: () => request<Run>(studyPath(slug, `runs/${id}/${action}/`), { method: "POST", body: {} }),
    // Said at once: on a slow line nobody is to wonder whether the tap was felt.
    onMutate: () => { if (action === "stop") say(true); },
    onError: () => { if (action === "stop") say(false); },
    onSuccess: refresh,
  });
}
