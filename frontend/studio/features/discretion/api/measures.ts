/** The measures of an audit, under the reader's controls. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Measures } from "./types";

/** What the reader chose. */
export interface Controls {
  annotators: readonly string[];
  principles: readonly string[];
  reference?: string;
  minActive: number;
}

function searchOf({ annotators, principles, reference, minActive }: Controls): string {
  const search = new URLSearchParams();
  if (annotators.length > 0) search.set("annotators", annotators.join(","));
  if (principles.length > 0) search.set("principles", principles.join(","));
  if (reference !== undefined) search.set("reference", reference);
  if (minActive > 1) search.set("min_active", String(minActive));
  return search.toString();
}

/** Agreement, categories, arbitrariness, priorities, discrepancy. */
export function measuresQuery(slug: string, audit: string, controls: Controls) {
  const search = searchOf(controls);
  return queryOptions({
    queryKey: ["measures", slug, audit, search],
    queryFn: ({ signal }) => request<Measures>(studyPath(slug, `audits/${audit}/measures/?${search}`), { signal }),
    placeholderData: (before) => before,
  });
}
