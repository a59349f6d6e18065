/** Near-duplicates: which pairs wait, one of them side by side, and what is decided. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { MergeDecision, MergeDesk, MergeMade, MergePair, MergeVerdict } from "./types";

/** Two values, the one with the lower number first. */
export interface PairId {
  low: number;
  high: number;
}

/** What waits and how far it is. */
export function mergesQuery(slug: string) {
  return queryOptions({
    queryKey: ["merges", slug],
    queryFn: ({ signal }) => request<MergeDesk>(studyPath(slug, "merges/"), { signal }),
  });
}

/** One pair with its cards. */
export function mergePairQuery(slug: string, { low, high }: PairId) {
  return queryOptions({
    queryKey: ["merge-pair", slug, low, high],
    queryFn: ({ signal }) => request<MergePair>(studyPath(slug, `merges/${low}/${high}/`), { signal }),
  });
}

/** What was decided, the newest first. */
export function mergeHistoryQuery(slug: string) {
  return queryOptions({
    queryKey: ["merge-history", slug],
    queryFn: ({ signal }) => request<MergeDecision[]>(studyPath(slug, "merges/history/"), { signal }),
  });
}

/** Decide, split, undo, ask the model, compare again; what is on the screen follows. */
export function useMerging(slug: string) {
  const queries = useQueryClient();
  // Not waited for: what is decided is said at once, not when all lists have come again.
  const onSuccess = (): void => {
    for (const key of ["merges", "merge-pair", "merge-history", "objections", "graph"]) void queries.invalidateQueries({ queryKey: [key, slug] });
  };
  const decide = useMutation({
    mutationFn: ({ low, high, ...body }: PairId & MergeVerdict) => request<MergeMade>(studyPath(slug, `merges/${low}/${high}/`), { body }),
    onSuccess,
  });
  const split = useMutation({ mutationFn: (body: { card: number; reason: string }) => request<MergeMade>(studyPath(slug, "merges/splits/"), { body }), onSuccess });
  const undo = useMutation({ mutationFn: (id: number) => request<MergeMade>(studyPath(slug, `merges/decisions/${id}/`), { method: "DELETE" }), onSuccess });
  const judge = useMutation({ mutationFn: () => request<{ job: string }>(studyPath(slug, "merges/opinions/"), { method: "POST" }) });
  const again = useMutation({ mutationFn: () => request<MergeDesk>(studyPath(slug, "merges/"), { method: "POST" }), onSuccess });
  return { decide, split, undo, judge, again };
}
