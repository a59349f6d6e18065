/** The graph of a study, as it stands now. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Graph, GraphContext, GraphEdge, GraphSent } from "./types";

/** The cuts of the published rule, by the server's names. */
export const CUTS = ["wiser_at_least", "likelihood_at_least", "entropy_at_most"] as const;

/** Which graph: a context and people (all, where left out), and the rule that ranks it. */
export interface GraphChoice {
  context?: string;
  rule: string;
  /** The key of the question that people were interviewed about. */
  question?: string;
  /** What people told of themselves, and which group by it. */
  by?: string;
  group?: string;
  /** How groups are weighed: `age`, or `age=old:70,young:30`; our own rule alone weighs. */
  balance?: string;
  /** Of the published rule alone. */
  cuts?: Partial<Record<(typeof CUTS)[number], string>>;
}

/** What the server is asked, without what is not chosen. */
export function graphSearch({ cuts, ...choice }: GraphChoice): URLSearchParams {
  const asked = Object.entries({ ...choice, ...cuts }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(asked.sort());
}

/** The steps, row by row. */
function rowsOf({ less_wise, wiser, counts, likelihood, both_ways }: GraphSent["edges"]): GraphEdge[] {
  const { wiser: yes, not_wiser: no, unsure, same, not_about: other } = counts;
  return less_wise.map((low, at) => {
    const said = { wiser: yes[at] ?? 0, not_wiser: no[at] ?? 0, unsure: unsure[at] ?? 0, same: same[at] ?? 0, not_about: other[at] ?? 0 };
    const n = said.wiser + said.not_wiser + said.unsure + said.same;
    return { less_wise: low, wiser: wiser[at] ?? 0, counts: said, n, likelihood: likelihood[at] ?? 0.5, both_ways: both_ways[at] ?? false };
  });
}

/** A graph as the screens read it. */
export function received(graph: GraphSent): Graph {
  return { ...graph, edges: rowsOf(graph.edges) };
}

/** The graph in one context. */
export function graphQuery(slug: string, choice: GraphChoice) {
  const search = graphSearch(choice).toString();
  return queryOptions({
    queryKey: ["graph", slug, search],
    queryFn: ({ signal }) => request<GraphSent>(studyPath(slug, `graph/?${search}`), { signal }).then(received),
    placeholderData: (before) => before,
  });
}

/** Where the page stands that says how firm the first place of a graph is. */
export function firmnessAddress(slug: string, { rule, context, balance }: GraphChoice): string {
  return `/studies/${slug}/graph/firmness?${graphSearch({ rule, context, balance })}`;
}

/** The contexts of a study. */
export function contextsQuery(slug: string) {
  return queryOptions({
    queryKey: ["contexts", slug],
    queryFn: ({ signal }) => request<GraphContext[]>(studyPath(slug, "contexts/"), { signal }),
  });
}
