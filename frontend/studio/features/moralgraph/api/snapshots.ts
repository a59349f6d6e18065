/** Snapshots: a graph frozen with its rule, so that an audit can name what it stands on. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Snapshot } from "./types";

/** The snapshots of a study, newest first. */
export function snapshotsQuery(slug: string) {
  return queryOptions({
    queryKey: ["snapshots", slug],
    queryFn: ({ signal }) => request<Snapshot[]>(studyPath(slug, "snapshots/"), { signal }),
  });
}

/** Freeze the graph as it stands. */
export function useTakeSnapshot(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: { rule: string; balance?: string }) => request<Snapshot>(studyPath(slug, "snapshots/"), { body: asked }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["snapshots", slug] }),
  });
}
