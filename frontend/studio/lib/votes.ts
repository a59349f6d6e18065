/** Votes one by one: the rows behind a number of the moral graph, or behind what was made of it. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Schema } from "./schema";

/** A vote without who cast it. */
export type VoteRow = Schema<"VoteRowOutput">;

/** Which votes: of one value, of a pair, of one answer, of what the graph is asked about. */
export interface VotesAsked {
  context?: string;
  question?: string;
  by?: string;
  group?: string;
  balance?: string;
  /** That a snapshot holds. */
  snapshot?: number;
  value?: number;
  other?: number;
  /** On steps that lead to this value. */
  toward?: number;
  story?: number;
  /** That came in with this file. */
  imported?: number;
  answer?: string;
  /** Those that do not count, for this reason. */
  left_out?: keyof Schema<"GraphOutput">["left_out"];
  /** Of those who told nothing of this trait, or whose group is too small to be shown. */
  rest?: string;
  /** Of those without whom another value is first by this rule. */
  decisive?: string;
}

/** The votes, newest first, a page at a time. */
export function votesQuery(slug: string, which: VotesAsked) {
  const asked = Object.entries(which).sort().flatMap(([key, given]: [string, string | number | undefined]) => (given === undefined ? [] : [[key, String(given)]]));
  return infiniteQueryOptions({
    queryKey: ["graph", slug, "votes", ...asked.flat()],
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams([...asked, ...(pageParam === null ? [] : [["before", String(pageParam)]])]);
      return request<Schema<"VoteRowsOutput">>(studyPath(slug, `graph/votes/?${search}`), { signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ before }) => before,
  });
}

/** What the contexts of a study are called. */
export function contextsQuery(slug: string) {
  return queryOptions({
    queryKey: ["contexts", slug],
    queryFn: ({ signal }) => request<Schema<"ContextOutput">[]>(studyPath(slug, "contexts/"), { signal }),
  });
}

/** That some votes are not shown, because the people who cast them have withdrawn; empty where nobody has. */
export function withdrawnText(votes: number): string {
  if (votes === 0) return "";
  return votes === 1
    ? "1 more was withdrawn since: it stays counted in what was made of it, and is not shown."
    : `${String(votes)} more were withdrawn since: they stay counted in what was made of them, and are not shown.`;
}
