/** From an audit to a data set that a model can be trained on. */
import { useMutation } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";

/** What the targets are made of, and how many comparisons at most. */
export interface DataSetInput {
  target: "verdicts" | "graph";
  limit?: number;
  name?: string;
}

/** Freeze a data set. */
export function useBuildDataSet(slug: string, audit: string) {
  return useMutation({
    mutationFn: (input: DataSetInput) => request<{ id: string; name: string }>(studyPath(slug, `audits/${audit}/data-sets/`), { body: input }),
  });
}
