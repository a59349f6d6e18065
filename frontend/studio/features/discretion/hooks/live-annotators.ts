/** The annotators of an audit, moving while an algorithm judges. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { annotatorsQuery } from "../api/annotators";
import type { AnnotatorList, JudgingMoved } from "../api/types";

/** The list with what moved written into it, and the state of the line. */
export function useLiveAnnotators(slug: string, audit: string): { result: UseQueryResult<AnnotatorList>; line: LineState } {
  const queries = useQueryClient();
  const query = annotatorsQuery(slug, audit);
  const result = useQuery(query);
  const line = useStream<JudgingMoved>(`study/${slug}/audit/${audit}/annotators`, result.data?.seq, ({ data, seq }) => {
    queries.setQueryData(query.queryKey, (list) => list && moved(list, data, seq));
    if (data.asked >= data.to_ask) void queries.invalidateQueries({ queryKey: query.queryKey });
  });
  return { result, line };
}

/** The list after an algorithm moved. */
export function moved(list: AnnotatorList, { annotator, ...counts }: JudgingMoved, seq: number): AnnotatorList {
  if (seq <= list.seq) return list;
  const annotators = list.annotators.map((row) => (row.id === annotator && row.judging ? { ...row, judging: { ...row.judging, ...counts } } : row));
  return { annotators, seq };
}
