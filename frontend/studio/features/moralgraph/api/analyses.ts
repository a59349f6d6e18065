/** What the graph says of itself: how firm it is, how groups differ, how it drifts. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import { received } from "./graph";
import type { Drift, Groups, Influence, SnapshotDetail, SnapshotSent } from "./types";

/** Of which context, by which rule. */
export interface Asked {
  context?: string;
  rule?: string;
  balance?: string;
}

function address(slug: string, path: string, asked: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return studyPath(slug, `${path}?${new URLSearchParams(given)}`);
}

/** How firmly the first place stands, or the job that works on it. */
export function influenceQuery(slug: string, { context, rule, balance }: Asked) {
  return queryOptions({
    queryKey: ["graph", slug, "influence", context ?? "all", rule ?? "", balance ?? ""],
    queryFn: ({ signal }) => request<Influence>(address(slug, "graph/influence/", { context, rule, balance }), { signal }),
  });
}

/** The groups side by side, or the job that works on it; without `by` only what people can be grouped by. */
export function groupsQuery(slug: string, { context, by }: { context?: string; by?: string }) {
  return queryOptions({
    queryKey: ["graph", slug, "groups", context ?? "all", by ?? ""],
    queryFn: ({ signal }) => request<Groups>(address(slug, "graph/groups/", { context, by }), { signal }),
  });
}

/** A snapshot with its graph in one context. */
export function snapshotQuery(slug: string, id: number, context: string | undefined) {
  return queryOptions({
    queryKey: ["snapshot", slug, id, context ?? "all"],
    queryFn: ({ signal }) => request<SnapshotSent>(address(slug, `snapshots/${id}/`, { context }), { signal }).then(({ snapshot, graph }): SnapshotDetail => ({ snapshot, graph: received(graph) })),
  });
}

/** What changed up to a snapshot since another. */
export function driftQuery(slug: string, { id, since, context }: { id: number; since: number; context?: string }) {
  return queryOptions({
    queryKey: ["drift", slug, id, since, context ?? "all"],
    queryFn: ({ signal }) => request<Drift>(address(slug, `snapshots/${id}/drift/`, { context, since: String(since) }), { signal }),
  });
}
