/** What the address asks of the graph: which graph the server gives, and which of its steps are shown. */
import { choiceFrom, countFrom, type Search, textFrom } from "@/studio/lib/address";
import { CUTS, type GraphChoice } from "../api/graph";
import type { AnswerCounts, Graph, GraphEdge } from "../api/types";

/** The rules that can rank a graph. */
export const RULES = ["touchstone", "mge-2023"] as const;
/** The five answers, by the server's names; the first stands for all of them. */
export const ANSWERS = ["", "wiser", "not_wiser", "unsure", "same", "not_about"] as const;

/** Which steps are shown; none of it changes the ranking. */
export interface Filters {
  /** Only steps that got this answer, by how many gave it. */
  answer: (typeof ANSWERS)[number];
  minVotes: number;
  /** The least share, in per cent, that finds the second value wiser. */
  minShare: number;
}

/** The graph that the address asks for. */
export function choiceOf(search: Search): GraphChoice {
  const rule = choiceFrom(search, "rule", RULES);
  const cuts = Object.fromEntries(CUTS.flatMap((cut) => {
    const given = textFrom(search, cut);
    return rule === "mge-2023" && given !== undefined && Number.isFinite(Number(given)) ? [[cut, given]] : [];
  }));
  const choice: GraphChoice = { rule };
  for (const key of ["context", "question", "by", "group", "balance"] as const) {
    const given = textFrom(search, key);
    if (given !== undefined) choice[key] = given;
  }
  // A trait without a group, or the other way round, chooses nobody.
  if (choice.by === undefined || choice.group === undefined) {
    delete choice.by;
    delete choice.group;
  }
  // The published rule weighs nobody.
  if (rule === "mge-2023") delete choice.balance;
  return Object.keys(cuts).length > 0 ? { ...choice, cuts } : choice;
}

/** The filters that the address asks for. */
export function filtersOf(search: Search): Filters {
  return {
    answer: choiceFrom(search, "answer", ANSWERS),
    minVotes: countFrom(search, "min_votes", { least: 1, most: 1_000_000 }) ?? 1,
    minShare: countFrom(search, "min_share", { least: 0, most: 100 }) ?? 0,
  };
}

/** Whether anything is left out of the picture. */
export function hides({ answer, minVotes, minShare }: Filters): boolean {
  return answer !== "" || minVotes > 1 || minShare > 0;
}

/** How much stands behind a step: all answers about the pair, or those of one kind. */
export function evidenceOf({ counts, n }: { counts: AnswerCounts; n: number }, answer: Filters["answer"]): number {
  return answer === "" ? n : counts[answer];
}

/** The steps that the filters leave. */
export function shownEdges(edges: readonly GraphEdge[], filters: Filters): GraphEdge[] {
  return edges.filter((edge) => evidenceOf(edge, filters.answer) >= filters.minVotes && 100 * edge.likelihood >= filters.minShare);
}

/** The graph with the steps that the filters leave; every value stays in its place. */
export function shownGraph(graph: Graph, filters: Filters): Graph {
  return { ...graph, edges: shownEdges(graph.edges, filters) };
}

/** What the filters leave, in words; empty where they leave everything. */
export function filterText(graph: Graph, shown: Graph, filters: Filters): string {
  if (!hides(filters)) return "";
  const all = graph.edges.filter(({ n }) => n > 0).length;
  return `${shown.edges.length} of ${all} steps are shown; places and scores still rest on all votes.`;
}
