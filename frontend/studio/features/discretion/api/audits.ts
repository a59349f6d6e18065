/** The audits of a study. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Audit, AuditRow } from "./types";

/** All audits, newest first; an annotator sees their titles alone. */
export function auditsQuery(slug: string) {
  return queryOptions({
    queryKey: ["audits", slug],
    queryFn: ({ signal }) => request<AuditRow[]>(studyPath(slug, "audits/"), { signal }),
  });
}

/** One audit: counts, annotators, agreement, imports, principles. */
export function auditQuery(slug: string, audit: string) {
  return queryOptions({
    queryKey: ["audit", slug, audit],
    queryFn: ({ signal }) => request<Audit>(studyPath(slug, `audits/${audit}/`), { signal }),
  });
}

/** The title of an audit that is in the list. */
export function useAuditTitle(slug: string, audit: string): string | undefined {
  return useQuery(auditsQuery(slug)).data?.find(({ id }) => String(id) === audit)?.title;
}

/** Begin an audit. */
export function useCreateAudit(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => request<AuditRow>(studyPath(slug, "audits/"), { body: { title } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["audits", slug] }),
  });
}
