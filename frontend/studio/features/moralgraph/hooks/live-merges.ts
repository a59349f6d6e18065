/** The merge desk, read again whenever the graph moved: cards, decisions and objections all move it. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { mergesQuery } from "../api/merges";
import type { MergeDesk } from "../api/types";

/** The query's result and the state of the line. */
export function useLiveMerges(slug: string): { result: UseQueryResult<MergeDesk>; line: LineState } {
  const queries = useQueryClient();
  const { queryKey, ...query } = mergesQuery(slug);
  const result = useQuery({ queryKey, ...query });
  const line = useStream(`study/${slug}/graph`, result.data?.seq, () => {
    for (const key of ["merges", "merge-pair", "merge-history", "objections"]) void queries.invalidateQueries({ queryKey: [key, slug] });
  });
  return { result, line };
}
