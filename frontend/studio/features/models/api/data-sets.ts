/** Data sets: frozen preference examples. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { DataSet, DataSetRow, Examples } from "./types";

/** All data sets of a study, newest first. */
export function dataSetsQuery(slug: string) {
  return queryOptions({
    queryKey: ["data-sets", slug],
    queryFn: ({ signal }) => request<DataSetRow[]>(studyPath(slug, "data-sets/"), { signal }),
  });
}

/** One data set with its rule, its balance and some samples. */
export function dataSetQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["data-set", slug, id],
    queryFn: ({ signal }) => request<DataSet>(studyPath(slug, `data-sets/${id}/`), { signal }),
  });
}

/** A page of a data set's examples. */
export function examplesQuery(slug: string, id: string, { side, start }: { side: string; start: number }) {
  return queryOptions({
    queryKey: ["data-set-examples", slug, id, side, start],
    queryFn: ({ signal }) => request<Examples>(studyPath(slug, `data-sets/${id}/examples/?side=${side}&start=${String(start)}`), { signal }),
    staleTime: Infinity,
  });
}
