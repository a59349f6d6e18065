/** Disagreements among people and the decisions on them. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Desk } from "./next";
import type { Decision, DecisionInput, Dispute } from "./types";

/** Those that wait for a decision, or those that have one; the most disputed first. */
export function disputesQuery({ slug, audit }: Desk, decided: boolean) {
  return queryOptions({
    queryKey: ["disputes", slug, audit, decided],
    queryFn: ({ signal }) => request<Dispute[]>(studyPath(slug, `audits/${audit}/disputes/?decided=${String(decided)}`), { signal }),
  });
}

/** All decisions on one comparison, the newest first. */
export function decisionsQuery({ slug, audit }: Desk, comparison: string) {
  return queryOptions({
    queryKey: ["decisions", slug, audit, comparison],
    queryFn: ({ signal }) => request<Decision[]>(studyPath(slug, `audits/${audit}/comparisons/${comparison}/decisions/`), { signal }),
  });
}

/** Decide on a disagreement. */
export function useDecide({ slug, audit }: Desk, comparison: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: DecisionInput) => request<Decision>(studyPath(slug, `audits/${audit}/comparisons/${comparison}/decisions/`), { body }),
    onSuccess: async () => {
      for (const key of ["disputes", "decisions", "gaps"]) await queries.invalidateQueries({ queryKey: [key, slug, audit] });
    },
  });
}
