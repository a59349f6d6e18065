/** The graph in words: what the picture shows, for everyone who reads rather than looks. */
import { decimal } from "@/lib/numbers";
import type { AnswerCounts, Graph, GraphEdge, GraphNode } from "../api/types";

const ENDINGS: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });

/** `1st`, `2nd`, `13th`. */
export function ordinal(rank: number): string {
  return `${rank}${ENDINGS[ordinals.select(rank)] ?? "th"}`;
}

/** Where a value may stand: `3rd`, or `between 2nd and 5th` where the rule knows its own doubt. */
export function rankText({ rank, rank_low, rank_high }: Pick<GraphNode, "rank" | "rank_low" | "rank_high">): string {
  if (rank_low === null || rank_high === null) return ordinal(rank);
  return rank_low === rank_high ? ordinal(rank_low) : `between ${ordinal(rank_low)} and ${ordinal(rank_high)}`;
}

/** One value's place, its certainty and the votes behind it. */
export function valueSentence(node: GraphNode, total: number): string {
  const place = `${node.title} stands ${rankText(node)} of ${total}`;
  const certainty = node.p_top === null ? "" : `; it is the wisest in ${decimal(100 * node.p_top, 0)} of 100 resamples of the people`;
  const origin = node.imported ? " It was brought in from elsewhere." : "";
  return `${place}${certainty} (n = ${node.n}).${origin}`;
}

const OTHERWISE = [["not_wiser", "said not wiser"], ["unsure", "unsure"], ["same", "the same"], ["not_about", "not about this"]] as const;

/** How many gave each answer other than "wiser"; empty where nobody did. */
export function otherwiseText(counts: AnswerCounts): string {
  const told = OTHERWISE.filter(([answer]) => counts[answer] > 0).map(([answer, words]) => `${counts[answer]} ${words}`);
  return told.length > 0 ? ` (${told.join(", ")})` : "";
}

/**
 * What was said of one step between two values. In one context and one direction an answer is a person; over several
 * contexts, or both directions, one person may have answered more than once.
 */
export function edgeSentence({ counts, n, both_ways }: Pick<GraphEdge, "counts" | "n" | "both_ways">, lessWise: string, wiser: string, context?: string): string {
  const who = context !== undefined && !both_ways ? (n === 1 ? "person" : "people") : (n === 1 ? "answer" : "answers");
  const where = context === undefined ? "" : `In “${context}”, `;
  return `${where}${counts.wiser} of ${n} ${who} found ${wiser} wiser than ${lessWise}${otherwiseText(counts)}.`;
}

/** The values from the wisest down. */
export function ranked(nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.toSorted((a, b) => b.score - a.score);
}

/** The steps that somebody judged, those with most votes first. */
export function votedEdges({ edges }: Pick<Graph, "edges">): GraphEdge[] {
  return edges.filter(({ n }) => n > 0).toSorted((a, b) => b.n - a.n);
}
