/** The contexts' desk, read again whenever the graph moved. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { contextDeskQuery } from "../api/contexts";
import type { ContextDesk } from "../api/types";

/** The query's result and the state of the line. */
export function useLiveContexts(slug: string): { result: UseQueryResult<ContextDesk>; line: LineState } {
  const queries = useQueryClient();
  const { queryKey, ...query } = contextDeskQuery(slug);
  const result = useQuery({ queryKey, ...query });
  const line = useStream(`study/${slug}/graph`, result.data?.seq, () => { void queries.invalidateQueries({ queryKey: ["context-desk", slug] }); });
  return { result, line };
}
