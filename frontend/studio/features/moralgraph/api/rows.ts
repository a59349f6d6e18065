/** The rows behind the graph's numbers: values with their cards, pairs with their stories, votes one by one. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { GraphChoice } from "./graph";
import type { Pair, ValueDetail, VoteRows } from "./types";

/** A graph as it is now, or as a snapshot holds it. */
export type Source = GraphChoice & { snapshot?: number };

/** Which votes: of one value, of a pair, of one answer, of what the graph is asked about. */
export interface VotesAsked extends Pick<Source, "context" | "question" | "by" | "group" | "snapshot"> {
  value?: number;
  other?: number;
  answer?: string;
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
export function votesQuery(slug: string, { context, question, by, group, snapshot, value, other, answer }: VotesAsked) {
  const asked = Object.entries({ context, question, by, group, snapshot, value, other, answer }).flatMap(([key, given]) => (given === undefined ? [] : [[key, String(given)]]));
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
