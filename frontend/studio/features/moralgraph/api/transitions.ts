/** Transitions: pairs of values that people are asked about, with their stories. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { JudgedPairs, NewTale, OwnStoryVerdict, Told, Value } from "./types";

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

/** What people told of themselves, and what a model could be asked for. */
export function toldQuery(slug: string) {
  return queryOptions({
    queryKey: ["told-stories", slug],
    queryFn: ({ signal }) => request<Told>(studyPath(slug, "stories/told/"), { signal }),
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
  const onSuccess = async (): Promise<void> => {
    await Promise.all(["transitions", "told-stories"].map((key) => queries.invalidateQueries({ queryKey: [key, slug] })));
  };
  const retirement = ({ kind, id }: Thing): string => studyPath(slug, `${kind}/${id}/retirement/`);
  const write = useMutation({ mutationFn: (tale: NewTale) => request<unknown>(studyPath(slug, "transitions/"), { body: tale }), onSuccess });
  const retire = useMutation({
    mutationFn: ({ thing, reason }: { thing: Thing; reason: string }) => request<unknown>(retirement(thing), { body: { reason } }),
    onSuccess,
  });
  const bringBack = useMutation({ mutationFn: (thing: Thing) => request<unknown>(retirement(thing), { method: "DELETE" }), onSuccess });
  const review = useMutation({
    mutationFn: ({ id, take, text, reason }: { id: number; take: boolean; text?: string; reason?: string }) =>
      request<unknown>(studyPath(slug, `stories/${id}/`), { method: "PATCH", body: { take, text: text ?? "", reason: reason ?? "" } }),
    onSuccess,
  });
  const decideOwn = useMutation({
    mutationFn: ({ id, ...body }: { id: number } & OwnStoryVerdict) => request<unknown>(studyPath(slug, `stories/told/${id}/`), { method: "PATCH", body }),
    onSuccess,
  });
  const propose = useMutation({ mutationFn: () => request<{ job: string }>(studyPath(slug, "stories/told/"), { method: "POST" }) });
  return { write, retire, bringBack, review, decideOwn, propose };
}
