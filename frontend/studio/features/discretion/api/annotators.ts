/** People and algorithms that judge an audit: list, forecast, add, pause, go on, and what a model answered. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { AnnotatorInput, AnnotatorList, CheckpointRow, Forecast, JobStarted, JudgeInput, LanguageModelRow, Reply } from "./types";

const WORKING_REFRESH_MS = 3000;

/** Everybody who judges, looked at again while an algorithm works. */
export function annotatorsQuery(slug: string, audit: string) {
  return queryOptions({
    queryKey: ["annotators", slug, audit],
    queryFn: ({ signal }) => request<AnnotatorList>(studyPath(slug, `audits/${audit}/annotators/`), { signal }),
    refetchInterval: ({ state }) => (state.data?.annotators.some(({ judging }) => judging?.state === "running" || judging?.state === "queued") ? WORKING_REFRESH_MS : false),
  });
}

/** What a judge would take; nothing is begun. */
export function forecastQuery(slug: string, audit: string, judge: JudgeInput) {
  return queryOptions({
    queryKey: ["forecast", slug, audit, judge],
    queryFn: ({ signal }) => request<Forecast>(studyPath(slug, `audits/${audit}/annotators/forecast/`), { body: judge, signal }),
    retry: false,
  });
}

/** The newest answers of a model as they came, or those that were read as one answer. */
export function repliesQuery(slug: string, audit: string, annotator: number, answer: string) {
  const only = answer === "" ? "" : `?answer=${answer}`;
  return queryOptions({
    queryKey: ["replies", slug, audit, annotator, answer],
    queryFn: ({ signal }) => request<Reply[]>(studyPath(slug, `audits/${audit}/annotators/${annotator}/replies/${only}`), { signal }),
  });
}

/** The trained checkpoints of the study. */
export function checkpointsQuery(slug: string) {
  return queryOptions({
    queryKey: ["checkpoints", slug],
    queryFn: ({ signal }) => request<CheckpointRow[]>(studyPath(slug, "checkpoints/"), { signal }),
  });
}

/** The language models of the study. */
export function languageModelsQuery(slug: string) {
  return queryOptions({
    queryKey: ["language-models", slug],
    queryFn: ({ signal }) => request<LanguageModelRow[]>(studyPath(slug, "language-models/"), { signal }),
  });
}

function useForget(slug: string, audit: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all(["annotators", "audit"].map((key) => queries.invalidateQueries({ queryKey: [key, slug, audit] })));
}

/** Let an algorithm judge; a job does it. */
export function useAddAnnotator(slug: string, audit: string) {
  const forget = useForget(slug, audit);
  return useMutation({
    mutationFn: (input: AnnotatorInput) => request<JobStarted>(studyPath(slug, `audits/${audit}/annotators/`), { body: input }),
    onSuccess: forget,
  });
}

/** Pause an algorithm, let it go on, or have it answer once more what could not be read. */
export function useAnnotatorAction(slug: string, audit: string, action: "pause" | "resume" | "ask-again") {
  const forget = useForget(slug, audit);
  return useMutation({
    mutationFn: (annotator: number) => request<unknown>(studyPath(slug, `audits/${audit}/annotators/${annotator}/${action}/`), { method: "POST", body: {} }),
    onSuccess: forget,
  });
}
