/** The comparisons of an audit, page by page, and one with everybody's verdicts. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { type Search, textFrom } from "@/studio/lib/address";
import { studyPath } from "@/studio/shell/routes";
import type { Context, OpenedComparison, PageOfComparisons } from "./types";

/** What restricts the list, as the server names it: a number's cell, and which votes count. */
const FILTERS = [
  "category", "annotator", "decided", "against", "principle", "over", "sided", "answer", "reference_answer", "least", "most", "other", "split", "by", "alike", "standing",
  "annotators", "principles", "confidence", "both_orders", "group", "reference", "voters", "weights",
] as const;

/** The filters that an address holds. */
export function filtersFrom(search: Search): Record<string, string> {
  const found = FILTERS.map((name) => [name, typeof search[name] === "boolean" ? String(search[name]) : textFrom(search, name)] as const);
  return Object.fromEntries(found.filter((entry): entry is readonly [(typeof FILTERS)[number], string] => entry[1] !== undefined));
}

/** One page. */
export function comparisonsQuery(slug: string, audit: string, { page, filters }: { page: number; filters: Readonly<Record<string, string>> }) {
  const search = new URLSearchParams({ page: String(page), ...filters });
  return queryOptions({
    queryKey: ["comparisons", slug, audit, search.toString()],
    queryFn: ({ signal }) => request<PageOfComparisons>(studyPath(slug, `audits/${audit}/comparisons/?${search}`), { signal }),
    placeholderData: (before) => before,
  });
}

/** One comparison with everybody's verdicts. */
export function comparisonQuery(slug: string, audit: string, comparison: string) {
  return queryOptions({
    queryKey: ["comparison", slug, audit, comparison],
    queryFn: ({ signal }) => request<OpenedComparison>(studyPath(slug, `audits/${audit}/comparisons/${comparison}/`), { signal }),
  });
}

/** The contexts of the study's moral graph. */
export function contextsQuery(slug: string) {
  return queryOptions({
    queryKey: ["contexts", slug],
    queryFn: ({ signal }) => request<Context[]>(studyPath(slug, "contexts/"), { signal }),
  });
}

function useChanged(slug: string, audit: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all(["comparisons", "comparison", "measures"].map((key) => queries.invalidateQueries({ queryKey: [key, slug, audit] })));
}

/** Propose a context for every comparison that has none. */
export function useProposeContexts(slug: string, audit: string) {
  const onSuccess = useChanged(slug, audit);
  return useMutation({
    mutationFn: () => request<{ proposed: number; undecided: number }>(studyPath(slug, `audits/${audit}/contexts/`), { method: "POST", body: {} }),
    onSuccess,
  });
}

/** Say which context comparisons have; null: none. */
export function useConfirmContexts(slug: string, audit: string) {
  const onSuccess = useChanged(slug, audit);
  return useMutation({
    mutationFn: (said: { comparisons: readonly string[]; context: number | null }) => request<{ confirmed: number }>(studyPath(slug, `audits/${audit}/contexts/`), { method: "PATCH", body: said }),
    onSuccess,
  });
}
