/** Exports of a study: what may be chosen, what was made, and their files. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { ExportChoice, Exports, StudyExport } from "./types";

/** What may be chosen, and the newest exports. Looked at again by itself: a withdrawal takes files away. */
export function exportsQuery(slug: string) {
  return queryOptions({
    queryKey: ["exports", slug],
    queryFn: ({ signal }) => request<Exports>(studyPath(slug, "exports/"), { signal }),
    refetchInterval: 30_000,
  });
}

/** Where the file of an export is fetched. */
export function exportFile(slug: string, id: string): string {
  return studyPath(slug, `exports/${id}/file/`);
}

/** Ask for an export, or remove its file. */
export function useExports(slug: string) {
  const queries = useQueryClient();
  const { queryKey } = exportsQuery(slug);
  const onSuccess = (): Promise<void> => queries.invalidateQueries({ queryKey });
  const ask = useMutation({
    mutationFn: (choice: ExportChoice) => request<StudyExport>(studyPath(slug, "exports/"), { body: choice }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => request<StudyExport>(studyPath(slug, `exports/${id}/`), { method: "DELETE" }),
    onSuccess,
  });
  /** Whether the file is still there; the list shows it as it is found now. */
  const stands = async (id: string): Promise<boolean> => {
    const now = await queries.fetchQuery({ ...exportsQuery(slug), staleTime: 0 });
    return now.exports.some((made) => made.id === id && made.state === "ready");
  };
  return { ask, remove, refresh: onSuccess, stands };
}
