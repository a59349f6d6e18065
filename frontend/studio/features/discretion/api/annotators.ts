/** Algorithms that judge beside the people: nulls, and checkpoints. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { CheckpointRow, JobStarted } from "./types";

/** A trained checkpoint, or a null to compare with. */
export type AnnotatorInput = { checkpoint: string } | { null: "coin" | "longer" };

/** The trained checkpoints of the study. */
export function checkpointsQuery(slug: string) {
  return queryOptions({
    queryKey: ["checkpoints", slug],
    queryFn: ({ signal }) => request<CheckpointRow[]>(studyPath(slug, "checkpoints/"), { signal }),
  });
}

/** Let an algorithm judge; a job does it. */
export function useAddAnnotator(slug: string, audit: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: AnnotatorInput) => request<JobStarted>(studyPath(slug, `audits/${audit}/annotators/`), { body: input }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["audit", slug, audit] }),
  });
}
