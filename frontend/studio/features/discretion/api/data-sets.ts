/** From an audit to a data set that a model can be trained on. */
import { queryOptions, useMutation } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Wanted } from "../hooks/heard";
import type { DataSetBuilt, DataSetPairBuilt, MayBeHeard } from "./types";

/** Whose judgements can be heard alone. */
export function mayBeHeardQuery(slug: string, audit: string) {
  return queryOptions({
    queryKey: ["may-be-heard", slug, audit],
    queryFn: ({ signal }) => request<MayBeHeard>(studyPath(slug, `audits/${audit}/may-be-heard/`), { signal }),
  });
}

/** Freeze a data set, or one of either group where a second group is named. */
export function useBuildDataSet(slug: string, audit: string) {
  return useMutation({
    mutationFn: async ({ second, ...input }: Wanted): Promise<readonly DataSetBuilt[]> => {
      const address = studyPath(slug, `audits/${audit}/data-sets/`);
      if (second === "") return [await request<DataSetBuilt>(address, { body: input })];
      const built = await request<DataSetPairBuilt>(`${address}pair/`, { body: { ...input, second } });
      return [built.first, built.second];
    },
  });
}
