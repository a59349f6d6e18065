/** The principles of an audit: taken over from the moral graph, or written here. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Principle, Snapshot, SnapshotDetail } from "./types";

/** The snapshots of the study's graph that principles can come from. */
export function snapshotsQuery(slug: string) {
  return queryOptions({
    queryKey: ["snapshots", slug],
    queryFn: ({ signal }) => request<Snapshot[]>(studyPath(slug, "snapshots/"), { signal }),
  });
}

/** One snapshot with its values, the wisest first. */
export function snapshotQuery(slug: string, snapshot: number) {
  return queryOptions({
    queryKey: ["snapshot", slug, snapshot],
    queryFn: ({ signal }) => request<SnapshotDetail>(studyPath(slug, `snapshots/${snapshot}/`), { signal }),
  });
}

/** Values of a snapshot, or a principle in one's own words. */
export type PrinciplesInput = { snapshot: number; values: number[] } | { title: string; statement: string };

/** Add principles. */
export function useAddPrinciples(slug: string, audit: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: PrinciplesInput) => request<Principle[]>(studyPath(slug, `audits/${audit}/principles/`), { body: input }),
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["audit", slug, audit] }),
      queries.invalidateQueries({ queryKey: ["measures", slug, audit] }),
    ]),
  });
}

function useChangedPrinciples(slug: string, audit: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all(["audit", "measures"].map((key) => queries.invalidateQueries({ queryKey: [key, slug, audit] })));
}

/** Put a new version in a principle's place. */
export function useRewordPrinciple(slug: string, audit: string) {
  const onSuccess = useChangedPrinciples(slug, audit);
  return useMutation({
    mutationFn: ({ id, ...words }: { id: number; title: string; statement: string }) => request<Principle>(studyPath(slug, `audits/${audit}/principles/${id}/`), { method: "PATCH", body: words }),
    onSuccess,
  });
}

/** Take a principle out of use. */
export function useRetirePrinciple(slug: string, audit: string) {
  const onSuccess = useChangedPrinciples(slug, audit);
  return useMutation({
    mutationFn: (id: number) => request<unknown>(studyPath(slug, `audits/${audit}/principles/${id}/`), { method: "DELETE" }),
    onSuccess,
  });
}
