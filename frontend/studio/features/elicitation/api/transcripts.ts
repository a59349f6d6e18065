/** What people said, read and searched. Each reading is written to the audit log, so nothing is read again unasked. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { SearchResult, Transcript } from "./types";

const ONCE = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

function address(slug: string, participant: string): string {
  return studyPath(slug, `participants/${participant}/transcript/`);
}

/** One interview. */
export function transcriptQuery(slug: string, participant: string) {
  return queryOptions({
    queryKey: ["transcript", slug, participant],
    queryFn: ({ signal }) => request<Transcript>(address(slug, participant), { signal }),
    ...ONCE,
  });
}

/** The interview again, while the person talks; noted once in a sitting. */
export function readAlong(slug: string, participant: string): Promise<Transcript> {
  return request<Transcript>(`${address(slug, participant)}?along=true`);
}

/** Where a text stands in the study's interviews. */
export function searchQuery(slug: string, text: string, page: number, simulated: boolean) {
  return queryOptions({
    queryKey: ["search-transcripts", slug, text, page, simulated],
    queryFn: ({ signal }) => request<SearchResult>(studyPath(slug, `transcripts/?${new URLSearchParams({ q: text, page: String(page), simulated: String(simulated) }).toString()}`), { signal }),
    enabled: text.trim().length > 1,
    ...ONCE,
  });
}
