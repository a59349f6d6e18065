/** Transitions: pairs of values that people are asked about, with their stories. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { NewTale, JudgedPairs, Value } from "./types";

/** What the list can be narrowed to. */
export const PAIR_STATES = ["", "asked", "proposed", "retired"] as const;

/** Which pairs are listed. */
export interface PairChoice {
  state: (typeof PAIR_STATES)[number];
  page: number;
}

/** Some pairs of a study. */
export function pairsQuery(slug: string, { state, page }: PairChoice) {
  const search = new URLSearchParams({ state, page: String(page) });
  return queryOptions({
    queryKey: ["transitions", slug, state, page],
    queryFn: ({ signal }) => request<JudgedPairs>(studyPath(slug, `transitions/?${search}`), { signal }),
    placeholderData: (before) => before,
  });
}

/** The values that a story can be about. */
export function valuesQuery(slug: string) {
  return queryOptions({
    queryKey: ["values", slug],
    queryFn: ({ signal }) => request<Value[]>(studyPath(slug, "values/"), { signal }),
  });
}

/** A pair (by one of its transitions) or a story. */
export interface Thing {
  kind: "transitions" | "stories";
  id: number;
}

/** Everything that can be done to transitions; the list is read again after each. */
export function useTransitions(slug: string) {
  const queries = useQueryClient();
  const onSuccess = (): void => { void queries.invalidateQueries({ queryKey: ["transitions", slug] }); };
  const retirement = ({ kind, id }: Thing): string => studyPath(slug, `${kind}/${id}/retirement/`);
  const write = useMutation({ mutationFn: (tale: NewTale) => request<unknown>(studyPath(slug, "transitions/"), { body: tale }), onSuccess });
  const retire = useMutation({
    mutationFn: ({ thing, reason }: { thing: Thing; reason: string }) => request<unknown>(retirement(thing), { body: { reason } }),
    onSuccess,
  });
  const bringBack = useMutation({ mutationFn: (thing: Thing) => request<unknown>(retirement(thing), { method: "DELETE" }), onSuccess });
  const review = useMutation({
    mutationFn: ({ id, take, text }: { id: number; take: boolean; text?: string }) =>
      request<unknown>(studyPath(slug, `stories/${id}/`), { method: "PATCH", body: { take, text: text ?? "" } }),
    onSuccess,
  });
  return { write, retire, bringBack, review };
}
