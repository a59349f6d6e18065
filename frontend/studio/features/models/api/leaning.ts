/** What an example of a data set leans on, read when somebody opens it. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Schema } from "@/studio/lib/schema";
import { studyPath } from "@/studio/shell/routes";

/** The comparison with the verdicts that a data set names, later superseded ones too. */
export function namedVerdictsQuery(slug: string, { audit, comparison, verdicts }: { audit: string; comparison: string; verdicts: readonly number[] }) {
  const search = new URLSearchParams(verdicts.map((id) => ["verdict", String(id)])).toString();
  return queryOptions({
    queryKey: ["comparison", slug, audit, comparison, search],
    queryFn: ({ signal }) => request<Schema<"OpenedOutput">>(studyPath(slug, `audits/${audit}/comparisons/${comparison}/?${search}`), { signal }),
  });
}

/** A value with the cards that it was made of. */
export function valueBehindQuery(slug: string, id: number) {
  return queryOptions({
    queryKey: ["graph", slug, "value", id],
    queryFn: ({ signal }) => request<Schema<"ValueDetailOutput">>(studyPath(slug, `values/${String(id)}/`), { signal }),
  });
}

/** What all values of the graph are called now. */
export function valuesQuery(slug: string) {
  return queryOptions({
    queryKey: ["graph", slug, "values"],
    queryFn: ({ signal }) => request<Schema<"ValueOutput">[]>(studyPath(slug, "values/"), { signal }),
  });
}
