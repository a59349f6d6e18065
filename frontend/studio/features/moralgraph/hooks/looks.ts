/** How a value and a step look: sizes, halos and strengths from what they rest on. No drawing here. */
import type { Graph, GraphEdge, GraphNode } from "../api/types";
import { evidenceOf, type Filters } from "./asking";

/** With more values than this each has less room. */
export const MANY = 80;
const MANY_ON_A_PHONE = 30;
const PHONE = 480;
const WIDEST_HALO = 30;
const FEW_STEPS = 200;

/** Whether so many values stand in a picture of this width that each is drawn small. */
export function areMany(values: number, width: number): boolean {
  return values > (width < PHONE ? MANY_ON_A_PHONE : MANY);
}

/** Whether some values are from elsewhere and others are not, so that a mark tells them apart. */
export function isMixed({ nodes }: Pick<Graph, "nodes">): boolean {
  return nodes.some(({ imported }) => imported) && nodes.some(({ imported }) => !imported);
}

/** How a value looks, in pixels. */
export interface NodeLook {
  radius: number;
  /** How far the halo reaches beyond the value; 0 where nothing is known of how sure its score is. */
  halo: number;
}

/** How a step looks: width in pixels, opacity from 0 to 1. */
export interface EdgeLook {
  width: number;
  opacity: number;
}

/** Radius by score, from the lowest score to the highest. */
export function radiusOf(score: number, { low, high }: { low: number; high: number }, many: boolean): number {
  const share = high > low ? (score - low) / (high - low) : 0.5;
  return many ? 2.5 + 5.5 * share : 7 + 11 * share;
}

/** Halo by half the width of the interval, beside the span of all scores. */
export function haloOf({ low, high }: Pick<GraphNode, "low" | "high">, span: number, many: boolean): number {
  if (low === null || high === null || span <= 0) return 0;
  return Math.min(WIDEST_HALO, ((high - low) / 2 / span) * 40) * (many ? 0.45 : 1);
}

/** The looks of all values, in a picture of this width. */
export function nodeLooks(nodes: readonly GraphNode[], width: number): Map<number, NodeLook> {
  const scores = nodes.map(({ score }) => score);
  const range = { low: Math.min(...scores), high: Math.max(...scores) };
  const many = areMany(nodes.length, width);
  return new Map(nodes.map((node) => [node.id, { radius: radiusOf(node.score, range, many), halo: haloOf(node, range.high - range.low, many) }]));
}

/** Width and opacity by evidence, beside the step with most of it; by the square root, as doubt shrinks. Of many steps each is fainter. */
export function edgeLook(evidence: number, most: number, steps: number): EdgeLook {
  const share = most > 0 ? Math.sqrt(evidence / most) : 0;
  if (steps <= FEW_STEPS) return { width: 0.8 + 4.2 * share, opacity: 0.25 + 0.7 * share };
  const fade = Math.max(0.25, Math.sqrt(FEW_STEPS / steps));
  return { width: 0.4 + 1.4 * share, opacity: (0.1 + 0.5 * share) * fade };
}

/** The looks of the steps that are drawn, in their order. */
export function edgeLooks(graph: Graph, answer: Filters["answer"]): [GraphEdge, EdgeLook][] {
  const drawn = graph.edges.filter((edge) => evidenceOf(edge, answer) > 0);
  const most = Math.max(1, ...drawn.map((edge) => evidenceOf(edge, answer)));
  return drawn.map((edge) => [edge, edgeLook(evidenceOf(edge, answer), most, drawn.length)]);
}

/** Cut a name into lines of about `limit` letters. */
export function wrapped(text: string, limit = 18): string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && `${last} ${word}`.length <= limit ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
  }, []);
}
