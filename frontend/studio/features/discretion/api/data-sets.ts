/** From an audit to a data set that a model can be trained on. */
import { useMutation } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { DataSetBuilt, DataSetInput } from "./types";

/** Freeze a data set. */
export function useBuildDataSet(slug: string, audit: string) {
  return useMutation({
    mutationFn: (input: DataSetInput) => request<DataSetBuilt>(studyPath(slug, `audits/${audit}/data-sets/`), { body: input }),
  });
}
