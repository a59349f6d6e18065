/** How full a study is. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Places } from "./types";

/** Places and quotas as they are taken now. */
export function placesQuery(slug: string) {
  return queryOptions({
    queryKey: ["places", slug],
    queryFn: ({ signal }) => request<Places>(studyPath(slug, "places/"), { signal }),
  });
}
