/** The graph of a choice, read again whenever a vote moved it. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { graphQuery, type GraphChoice } from "../api/graph";
import type { Graph } from "../api/types";

const AT_MOST_EVERY_MS = 800;

/** The query's result and the state of the line. */
export function useLiveGraph(slug: string, choice: GraphChoice): { result: UseQueryResult<Graph>; line: LineState } {
  const queries = useQueryClient();
  const result = useQuery(graphQuery(slug, choice));
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Votes come in bursts; one reading serves them all.
  const line = useStream(`study/${slug}/graph`, result.data?.seq, () => {
    due.current ??= setTimeout(() => {
      due.current = undefined;
      void queries.invalidateQueries({ queryKey: ["graph", slug] });
    }, AT_MOST_EVERY_MS);
  });
  useEffect(() => () => { clearTimeout(due.current); }, []);
  return { result, line };
}
