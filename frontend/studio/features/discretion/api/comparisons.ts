/** The comparisons of an audit, page by page. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { PageOfComparisons } from "./types";

/** Which comparisons. */
export interface ComparisonFilter {
  page: number;
  category?: string;
  annotator?: string;
}

/** One page. */
export function comparisonsQuery(slug: string, audit: string, { page, category, annotator }: ComparisonFilter) {
  const search = new URLSearchParams({ page: String(page), ...(category && { category }), ...(annotator && { annotator }) });
  return queryOptions({
    queryKey: ["comparisons", slug, audit, search.toString()],
    queryFn: ({ signal }) => request<PageOfComparisons>(studyPath(slug, `audits/${audit}/comparisons/?${search}`), { signal }),
    placeholderData: (before) => before,
  });
}
