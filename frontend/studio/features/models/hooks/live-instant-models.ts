/** The instant models of a study, as verdicts move them. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { type InstantModels, instantModelsQuery } from "../api/instant-models";

/** Reads them anew whenever one was fitted; the state of the line stands beside them. */
export function useLiveInstantModels(slug: string): { result: UseQueryResult<InstantModels>; line: LineState } {
  const queries = useQueryClient();
  const query = instantModelsQuery(slug);
  const result = useQuery(query);
  const line = useStream(`study/${slug}/instant-models`, result.data?.seq, () => { void queries.invalidateQueries({ queryKey: query.queryKey }); });
  return { result, line };
}
