/** How many people object to what their card was put together with. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Objections } from "./types";

/** All objections of a study, with the number of those that wait for an answer. */
export function objectionsQuery(slug: string) {
  return queryOptions({
    queryKey: ["objections", slug],
    queryFn: ({ signal }) => request<Objections>(studyPath(slug, "objections/"), { signal }),
  });
}
