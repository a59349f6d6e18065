/** The contexts that a question's values are compared in. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Context, NewContext } from "./types";

/** The contexts in use. */
export function contextsQuery(slug: string) {
  return queryOptions({
    queryKey: ["contexts", slug],
    queryFn: ({ signal }) => request<Context[]>(studyPath(slug, "contexts/"), { signal }),
  });
}

/** Make a context. */
export function useNewContext(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (context: NewContext) => request<Context>(studyPath(slug, "contexts/"), { body: context }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["contexts", slug] }),
  });
}
