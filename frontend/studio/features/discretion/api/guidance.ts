/** What annotators go by: the guideline's versions, and how judgements are asked for. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Desk } from "./next";
import type { AskedBy, Asking, Decision, Guideline } from "./types";

/** The versions of the guideline, the newest first; `newest` is the number that is known to be there. */
export function guidelinesQuery({ slug, audit }: Desk, newest = 0) {
  return queryOptions({
    queryKey: ["guidelines", slug, audit, newest],
    queryFn: ({ signal }) => request<Guideline[]>(studyPath(slug, `audits/${audit}/guidelines/`), { signal }),
  });
}

/** The versions of how judgements are asked for, the one in force first. */
export function askedByQuery({ slug, audit }: Desk) {
  return queryOptions({
    queryKey: ["asked-by", slug, audit],
    queryFn: ({ signal }) => request<AskedBy[]>(studyPath(slug, `audits/${audit}/annotation-protocol/`), { signal }),
  });
}

/** What the guideline leaves open, as decisions found. */
export function gapsQuery({ slug, audit }: Desk) {
  return queryOptions({
    queryKey: ["gaps", slug, audit],
    queryFn: ({ signal }) => request<Decision[]>(studyPath(slug, `audits/${audit}/gaps/`), { signal }),
  });
}

/** Put a new version of the guideline beside the items. */
export function usePublish({ slug, audit }: Desk) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { text: string; changes: string; gaps: number[] }) => request<Guideline>(studyPath(slug, `audits/${audit}/guidelines/`), { body }),
    onSuccess: async () => {
      for (const key of ["guidelines", "gaps", "quality"]) await queries.invalidateQueries({ queryKey: [key, slug, audit] });
    },
  });
}

/** Ask in another way from now on. */
export function useAskBy({ slug, audit }: Desk) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Asking) => request<AskedBy>(studyPath(slug, `audits/${audit}/annotation-protocol/`), { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["asked-by", slug, audit] }),
  });
}
