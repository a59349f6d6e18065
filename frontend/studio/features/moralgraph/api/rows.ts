/** The rows behind the graph's numbers: values with their cards, pairs with their stories. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { GraphChoice } from "./graph";
import type { Pair, ValueDetail } from "./types";

/** A graph as it is now, or as a snapshot holds it. */
export type Source = GraphChoice & { snapshot?: number };

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
