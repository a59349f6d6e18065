/** The objections of a study, read again whenever the graph moved: an objection and its answer both move it. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { objectionsQuery } from "../api/objections";
import type { Objections } from "../api/types";

/** The query's result and the state of the line. */
export function useLiveObjections(slug: string): { result: UseQueryResult<Objections>; line: LineState } {
  const queries = useQueryClient();
  const { queryKey, ...query } = objectionsQuery(slug);
  const result = useQuery({ queryKey, ...query });
  const line = useStream(`study/${slug}/graph`, result.data?.seq, () => { void queries.invalidateQueries({ queryKey }); });
  return { result, line };
}
