/** A study's protocol: read, saved, opened; and studies made anew. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { NewStudy, Protocol, ProtocolView, StudyState } from "./types";

/** The draft with what it lacks, and the frozen versions. */
export function protocolQuery(slug: string) {
  return queryOptions({
    queryKey: ["protocol", slug],
    queryFn: ({ signal }) => request<ProtocolView>(studyPath(slug, "protocol/"), { signal }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

/** The draft as it is on the server now, whatever the cache holds. */
export function fetchProtocol(slug: string): Promise<ProtocolView> {
  return request<ProtocolView>(studyPath(slug, "protocol/"));
}

/** Save the whole draft; refused where somebody saved in between. */
export function saveProtocol(slug: string, draft: Protocol, revision: number): Promise<ProtocolView> {
  return request<ProtocolView>(studyPath(slug, "protocol/"), { method: "PUT", body: { draft, revision } });
}

/** Pilot, open, pause or close. */
export function useStudyState(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (state: StudyState) => request<ProtocolView>(studyPath(slug, "protocol/state/"), { body: { state } }),
    onSuccess: (view) => { queries.setQueryData(protocolQuery(slug).queryKey, view); },
  });
}

/** Make a study; whoever makes it is its admin. */
export function useNewStudy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (study: NewStudy) => request<NewStudy>("/api/studies/", { body: study }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["me"] }),
  });
}
