/** The graph of a study, as it stands now. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Graph, GraphContext } from "./types";

/** Which graph: a context (all, where left out) and the rule that ranks it. */
export interface GraphChoice {
  context?: string;
  rule: string;
}

/** The graph in one context. */
export function graphQuery(slug: string, { context, rule }: GraphChoice) {
  const search = new URLSearchParams({ rule, ...(context === undefined ? {} : { context }) });
  return queryOptions({
    queryKey: ["graph", slug, context ?? "all", rule],
    queryFn: ({ signal }) => request<Graph>(studyPath(slug, `graph/?${search}`), { signal }),
    placeholderData: (before) => before,
  });
}

/** The contexts of a study. */
export function contextsQuery(slug: string) {
  return queryOptions({
    queryKey: ["contexts", slug],
    queryFn: ({ signal }) => request<GraphContext[]>(studyPath(slug, "contexts/"), { signal }),
  });
}
