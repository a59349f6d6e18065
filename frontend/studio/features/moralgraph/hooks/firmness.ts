/** How firmly the first place stands, in words that a reader understands. */
import { count, decimal } from "@/lib/numbers";
import type { Change, Firmness, GraphEdge } from "../api/types";

/** Gives a value's title. */
export type Name = (id: number) => string;

const AFTER: Record<Change["answer"], string> = {
  wiser: "wiser", not_wiser: "not wiser", unsure: "unsure", same: "the same", not_about: "not about this",
};

function number(many: number, one: string, more: string): string {
  return `${count(many)} ${many === 1 ? one : more}`;
}

/** What would have to be answered instead: `2 answers to “from A to B” would read “not wiser”`. */
export function changeText({ less_wise, wiser, answer, votes }: Change, name: Name): string {
  return `${number(votes, "answer", "answers")} to “from ${name(less_wise)} to ${name(wiser)}” would read “${AFTER[answer]}”`;
}

/** What a vote says before it is turned round. */
export function saidBefore(answer: Change["answer"]): Change["answer"] {
  return answer === "wiser" ? "not_wiser" : "wiser";
}

/** The smallest change of votes that was found. */
export function smallestText({ winner, smallest_change: change }: Firmness, name: Name): string {
  if (winner === null) return "Nobody has voted here, so there is no first place to change.";
  if (change === null) return `No change of up to 40 votes was found that takes the first place from ${name(winner)}.`;
  return `If ${number(change.count, "answer", "answers")} had been the other way round, ${name(change.value)} would be first instead of ${name(winner)}.`;
}

/** What happens where one participant is left out. */
export function withoutOneText({ winner, tried, decisive }: Firmness, name: Name): string {
  if (winner === null) return "";
  const each = tried === 1 ? "The one participant was left out" : `Each of ${count(tried)} participants was left out in turn`;
  if (decisive.length === 0) return `${each}: ${name(winner)} stays first every time.`;
  return `${each}: without ${decisive.length === 1 ? "one of them" : `any one of ${count(decisive.length)} of them`} another value is first.`;
}

/** Who is first without each of the decisive participants: value (null for none) and how many make it so. */
export function decisiveWinners({ decisive }: Firmness): [number | null, number][] {
  const sums = new Map<number | null, number>();
  for (const { winner } of decisive) sums.set(winner, (sums.get(winner) ?? 0) + 1);
  return [...sums].sort((a, b) => b[1] - a[1]);
}

/** How few made-up voters would be enough. */
export function falseVotersText({ winner, false_voters: upsets }: Firmness, name: Name): string {
  if (winner === null) return "";
  const first = upsets[0];
  if (first === undefined) return "No value was found that 40 made-up voters could bring to the first place.";
  const voters = first.count === 1 ? "One made-up voter with three votes" : `${count(first.count)} made-up voters, each with three votes,`;
  return `${voters} would be enough to bring ${name(first.value)} to the first place.`;
}

/** One verdict on all of it, no stronger than the weakest part. */
export function verdictText(found: Firmness, name: Name): string {
  const { winner, decisive, smallest_change: change, false_voters: upsets, groups } = found;
  if (winner === null) return "Nobody has voted here yet.";
  const weak = [
    decisive.length > 0 && "the absence of one participant",
    change !== null && change.count <= 3 && `${number(change.count, "changed answer", "changed answers")}`,
    (upsets[0]?.count ?? Infinity) <= 2 && "one or two made-up voters",
    groups.some(({ changed }) => changed) && "the absence of one group",
  ].filter((part): part is string => part !== false);
  if (weak.length === 0) return `${name(winner)} holds the first place against everything that was tried here.`;
  return `${name(winner)} is first, but not firmly: ${weak.join(", or ")} would change it.`;
}

/** Where the next votes should go. */
export function helpfulText({ helpful }: Firmness, name: Name): string {
  const first = helpful[0];
  if (first === undefined) return "No step stands out.";
  return `Ask first whether going from ${name(first.less_wise)} to ${name(first.wiser)} makes a person wiser: the next vote on it takes ${decimal(100 * first.worth, 1)} % off what is unsure about the first place.`;
}

/** What is known of a step: how many answered, and the share that finds its second value wiser. */
export interface Known {
  n: number;
  likelihood?: number;
  low?: number;
  high?: number;
}

const Z = 1.96;

/** The share with its 95 % interval (Wilson 1927), whichever way the edge points. */
export function knownOf(edges: readonly GraphEdge[], lessWise: number, wiser: number): Known {
  const edge = edges.find((item) => (item.less_wise === lessWise && item.wiser === wiser) || (item.less_wise === wiser && item.wiser === lessWise));
  if (edge === undefined || edge.n === 0) return { n: 0 };
  const { n } = edge;
  const share = edge.wiser === wiser ? edge.likelihood : 1 - edge.likelihood;
  const middle = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  return { n, likelihood: share, low: middle - half, high: middle + half };
}
