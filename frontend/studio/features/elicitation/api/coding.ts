/** Codes and memos on passages. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import { transcriptQuery } from "./transcripts";
import type { Code, CodedPassages, CodeChange, NewCode, NewPassage, Passage } from "./types";

/** The study's codes, the retired ones last. */
export function codesQuery(slug: string) {
  return queryOptions({
    queryKey: ["codes", slug],
    queryFn: ({ signal }) => request<Code[]>(studyPath(slug, "codes/"), { signal }),
  });
}

/** The passages with a code; each reading is in the audit log. */
export function passagesQuery(slug: string, code: number, page: number, simulated: boolean) {
  return queryOptions({
    queryKey: ["passages", slug, code, page, simulated],
    queryFn: ({ signal }) => request<CodedPassages>(studyPath(slug, `codes/${code}/passages/?page=${page}&simulated=${String(simulated)}`), { signal }),
    refetchOnWindowFocus: false,
  });
}

/** Make a code. */
export function useNewCode(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: NewCode) => request<Code>(studyPath(slug, "codes/"), { body: code }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["codes", slug] }),
  });
}

/** Rename, describe, retire or bring back. */
export function useCodeChange(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: number; change: CodeChange }) =>
      request<Code>(studyPath(slug, `codes/${id}/`), { method: "PATCH", body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["codes", slug] }),
  });
}

/** Mark a passage, or take a mark away; the transcript on the screen follows without being read again. */
export function usePassages(slug: string, participant: string) {
  const queries = useQueryClient();
  const { queryKey } = transcriptQuery(slug, participant);
  const follow = (next: (passages: readonly Passage[]) => readonly Passage[]): void => {
    queries.setQueryData(queryKey, (old) => (old === undefined ? old : { ...old, passages: [...next(old.passages)] }));
    void queries.invalidateQueries({ queryKey: ["codes", slug] });
    void queries.invalidateQueries({ queryKey: ["passages", slug] });
  };
  const mark = useMutation({
    mutationFn: (passage: NewPassage) => request<Passage>(studyPath(slug, `participants/${participant}/passages/`), { body: passage }),
    onSuccess: (made) => { follow((passages) => [...passages, made]); },
  });
  const remove = useMutation({
    mutationFn: ({ id }: Passage) => request<undefined>(studyPath(slug, `passages/${id}/`), { method: "DELETE" }),
    onSuccess: (_, gone) => { follow((passages) => passages.filter(({ id }) => id !== gone.id)); },
  });
  return { mark, remove };
}
