/** Methods that a run can have, what a launch would do. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import { requestOf } from "./runs";
import type { Preview, Recipe, RunInput } from "./types";

/** All methods, as the server knows them: a new one appears by itself. */
export function recipesQuery(slug: string) {
  return queryOptions({
    queryKey: ["recipes", slug],
    queryFn: ({ signal }) => request<Recipe[]>(studyPath(slug, "recipes/"), { signal }),
    staleTime: Infinity,
  });
}

/** What launching would do, or why it cannot be launched. */
export function previewQuery(slug: string, input: RunInput) {
  return queryOptions({
    queryKey: ["run-preview", slug, input],
    queryFn: ({ signal }) => request<Preview>(studyPath(slug, "runs/preview/"), { signal, body: requestOf(input) }),
    enabled: input.data_set !== "",
    placeholderData: keepPreviousData,
  });
}
