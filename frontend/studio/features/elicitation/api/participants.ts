/** The people of a study and what they said. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Participants, Transcript } from "./types";

const REFRESH_MS = 10_000;

/** Counts per step, and everyone with their step. */
export function participantsQuery(slug: string) {
  return queryOptions({
    queryKey: ["participants", slug],
    queryFn: ({ signal }) => request<Participants>(studyPath(slug, "participants/"), { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** One interview. Each reading is written to the audit log, so it is not read again unasked. */
export function transcriptQuery(slug: string, participant: string) {
  return queryOptions({
    queryKey: ["transcript", slug, participant],
    queryFn: ({ signal }) => request<Transcript>(studyPath(slug, `participants/${participant}/transcript/`), { signal }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
