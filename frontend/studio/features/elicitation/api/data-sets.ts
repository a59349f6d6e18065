/** Where a person's answers went: the data sets that lean on them. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Schema } from "@/studio/lib/schema";
import { studyPath } from "@/studio/shell/routes";

/** The data sets that one participant is behind, newest first. */
export function dataSetsOfQuery(slug: string, participant: string) {
  return queryOptions({
    queryKey: ["data-sets", slug, participant],
    queryFn: ({ signal }) => request<Schema<"DataSetOutput">[]>(studyPath(slug, `data-sets/?participant=${participant}`), { signal }),
  });
}
