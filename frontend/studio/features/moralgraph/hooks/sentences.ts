/** The graph in words: what the picture shows, for everyone who reads rather than looks. */
import { decimal } from "@/lib/numbers";
import type { GraphEdge, GraphNode } from "../api/types";

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
  return `${place}${certainty} (n = ${node.n}).`;
}

/** What people said of one step between two values. */
export function edgeSentence({ counts, n }: GraphEdge, lessWise: string, wiser: string): string {
  const rest = [
    [counts.not_wiser, "said not wiser"],
    [counts.unsure, "unsure"],
    [counts.same, "the same"],
    [counts.not_about, "not about this"],
  ] as const;
  const told = rest.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `From ${lessWise} to ${wiser}: ${counts.wiser} of ${n} said wiser${told.length > 0 ? ` (${told.join(", ")})` : ""}.`;
}

/** The values from the wisest down. */
export function ranked(nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.toSorted((a, b) => b.score - a.score);
}
