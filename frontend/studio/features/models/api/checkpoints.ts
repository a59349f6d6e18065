/** Checkpoints: trained models that can judge pairs. */
import { queryOptions, useMutation } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { AuditRow, CheckpointRow, JobStarted } from "./types";

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

/** Let a checkpoint judge an audit's held-out pairs. */
export function useJoinAudit(slug: string, checkpoint: string) {
  return useMutation({
    mutationFn: ({ audit, reason }: { audit: string; reason: string }) => request<JobStarted>(studyPath(slug, `audits/${audit}/annotators/`), { body: { checkpoint, reason } }),
  });
}
