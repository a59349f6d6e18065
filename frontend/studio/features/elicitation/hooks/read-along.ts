/** A transcript that grows while the person talks. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { readAlong, transcriptQuery } from "../api/transcripts";
import type { RoomEvent, Transcript } from "../api/types";

/** The transcript and the state of the line; it is read again only when something about this person changed. */
export function useTranscript(slug: string, participant: string): { result: UseQueryResult<Transcript>; line: LineState } {
  const queries = useQueryClient();
  const options = transcriptQuery(slug, participant);
  const result = useQuery(options);
  const { data } = result;
  const line = useStream<RoomEvent>(`study/${slug}/room`, data?.seq, ({ data: changed }) => {
    if ("steps" in changed) return;
    if (changed.id !== participant || changed.withdrawn_at !== null) return;
    const before = queries.getQueryData(options.queryKey);
    const answers = before?.turns.filter(({ speaker }) => speaker === "person").length;
    const isPending = before?.turns.some(({ state }) => state !== "complete") ?? false;
    const isSame = answers === changed.answers && isPending === changed.waiting && before?.step === changed.step;
    if (!isSame) void queries.fetchQuery({ ...options, queryFn: () => readAlong(slug, participant), staleTime: 0 });
  });
  return { result, line };
}
