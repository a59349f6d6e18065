/** What a checkpoint may be put to. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Schema } from "@/studio/lib/schema";
import { studyPath } from "@/studio/shell/routes";

export type Serving = Schema<"CheckpointServingOutput">;

/** Where a checkpoint may work, where it works, and the commands that serve it. */
export function servingQuery(slug: string, checkpoint: string) {
  return queryOptions({
    queryKey: ["serving", slug, checkpoint],
    queryFn: ({ signal }) => request<Serving>(studyPath(slug, `checkpoints/${checkpoint}/serving/`), { signal }),
  });
}
