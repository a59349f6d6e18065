/** Files of other graphs: looked at, brought in, listed, taken out. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Schema } from "@/studio/lib/schema";
import { studyPath } from "@/studio/shell/routes";

export type GraphImport = Schema<"GraphImportOutput">;
export type GraphReport = Schema<"GraphReportOutput">;

/** Files, where they are from, and whether to keep anything of them. */
export interface GraphImportInput {
  file: File;
  edges: File | null;
  votes: File | null;
  source: string;
  simulated: boolean;
  dryRun: boolean;
}

/** The files that came in, newest first. */
export function graphImportsQuery(slug: string) {
  return queryOptions({
    queryKey: ["graph-imports", slug],
    queryFn: ({ signal }) => request<GraphImport[]>(studyPath(slug, "graph/imports/"), { signal }),
  });
}

/** Files that came in or were looked at, with what they brought once they are read. */
export function graphImportQuery(slug: string, id: number) {
  return queryOptions({
    queryKey: ["graph-imports", slug, id],
    queryFn: ({ signal }) => request<GraphImport>(studyPath(slug, `graph/imports/${id}/`), { signal }),
  });
}

/** Reads again everything that an import moves. */
export function useRefresh(slug: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all(["graph-imports", "graph", "snapshots", "contexts"].map((name) => queries.invalidateQueries({ queryKey: [name, slug] })));
}

/** Send files: to be looked at, or to be kept; a job reads them. */
export function useImportGraph(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, edges, votes, source, simulated, dryRun }: GraphImportInput) => {
      const form = new FormData();
      form.append("file", file);
      if (edges) form.append("edges", edges);
      if (votes) form.append("votes", votes);
      form.append("source", source);
      form.append("simulated", String(simulated));
      form.append("dry_run", String(dryRun));
      return request<GraphImport>(studyPath(slug, "graph/imports/"), { body: form });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["graph-imports", slug] }),
  });
}

/** Take out what an import brought. */
export function useTakeOut(slug: string) {
  const refresh = useRefresh(slug);
  return useMutation({
    mutationFn: (id: number) => request<GraphImport>(studyPath(slug, `graph/imports/${id}/`), { method: "DELETE" }),
    onSuccess: refresh,
  });
}
