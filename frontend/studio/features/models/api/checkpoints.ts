/** Checkpoints: trained models that can judge pairs. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { AuditRow, CheckpointRow, JobStarted, JoinedAudit } from "./types";

/** All checkpoints of a study, newest first. */
export function checkpointsQuery(slug: string) {
  return queryOptions({
    queryKey: ["checkpoints", slug],
    queryFn: ({ signal }) => request<CheckpointRow[]>(studyPath(slug, "checkpoints/"), { signal }),
  });
}

/** One checkpoint with everything that suites found about it. */
export function checkpointQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["checkpoint", slug, id],
    queryFn: ({ signal }) => request<CheckpointRow>(studyPath(slug, `checkpoints/${id}/`), { signal }),
  });
}

/** The audits that a checkpoint can join. */
export function auditsQuery(slug: string) {
  return queryOptions({
    queryKey: ["audits", slug],
    queryFn: ({ signal }) => request<AuditRow[]>(studyPath(slug, "audits/"), { signal }),
  });
}

/** The audits that a checkpoint has joined, with how it stands there beside people. */
export function joinedAuditsQuery(slug: string, checkpoint: string) {
  return queryOptions({
    queryKey: ["checkpoint-audits", slug, checkpoint],
    queryFn: ({ signal }) => request<JoinedAudit[]>(studyPath(slug, `checkpoints/${checkpoint}/audits/`), { signal }),
  });
}

/** Let the rule and the card read how it stands in an audit now. */
export function useRecordStanding(slug: string, checkpoint: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (annotator: number) => request<JoinedAudit[]>(studyPath(slug, `checkpoints/${checkpoint}/audits/`), { body: { annotator } }),
    onSuccess: (rows) => {
      client.setQueryData(["checkpoint-audits", slug, checkpoint], rows);
      void client.invalidateQueries({ queryKey: ["standing", slug, checkpoint] });
    },
  });
}

/** Measure a checkpoint anew, with a data set as control or the project's own pairs. */
export function useMeasure(slug: string, checkpoint: string) {
  return useMutation({
    mutationFn: (control: string | null) => request<JobStarted>(studyPath(slug, `checkpoints/${checkpoint}/measuring/`), { body: { control } }),
  });
}

/** Let a checkpoint judge an audit's held-out pairs. */
export function useJoinAudit(slug: string, checkpoint: string) {
  return useMutation({
    mutationFn: ({ audit, reason }: { audit: string; reason: string }) => request<JobStarted>(studyPath(slug, `audits/${audit}/annotators/`), { body: { checkpoint, reason } }),
  });
}
