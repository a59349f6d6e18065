/** The rows behind the graph's numbers: values with their cards, pairs with their stories, votes one by one. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { GraphChoice } from "./graph";
import type { Graph, Pair, ValueDetail, VoteRows } from "./types";

/** A graph as it is now, or as a snapshot holds it. */
export type Source = GraphChoice & { snapshot?: number };

/** Which votes: of one value, of a pair, of one answer, of what the graph is asked about. */
export interface VotesAsked extends Pick<Source, "context" | "question" | "by" | "group" | "balance" | "snapshot"> {
  value?: number;
  other?: number;
  /** On steps that lead to this value. */
  toward?: number;
  story?: number;
  /** That came in with this file. */
  imported?: number;
  answer?: string;
  /** Those that do not count, for this reason. */
  left_out?: keyof Graph["left_out"];
  /** Of those who told nothing of this trait, or whose group is too small to be shown. */
  rest?: string;
  /** Of those without whom another value is first by this rule. */
  decisive?: string;
}

/** A value with its cards, neighbours and votes. */
export function valueQuery(slug: string, id: number) {
  return queryOptions({
    queryKey: ["graph", slug, "value", id],
    queryFn: ({ signal }) => request<ValueDetail>(studyPath(slug, `values/${id}/`), { signal }),
  });
}

/** Two values, compared. */
export function pairQuery(slug: string, one: number, other: number) {
  return queryOptions({
    queryKey: ["graph", slug, "pair", one, other],
    queryFn: ({ signal }) => request<Pair>(studyPath(slug, `values/${one}/${other}/`), { signal }),
  });
}

/** The votes, newest first, a page at a time. */
export function votesQuery(slug: string, which: VotesAsked) {
  const asked = Object.entries(which).sort().flatMap(([key, given]: [string, string | number | undefined]) => (given === undefined ? [] : [[key, String(given)]]));
  return infiniteQueryOptions({
    queryKey: ["graph", slug, "votes", ...asked.flat()],
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams([...asked, ...(pageParam === null ? [] : [["before", String(pageParam)]])]);
      return request<VoteRows>(studyPath(slug, `graph/votes/?${search}`), { signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ before }) => before,
  });
}
