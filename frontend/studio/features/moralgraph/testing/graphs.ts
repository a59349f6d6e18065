/** Graphs for tests. */
import type { Graph, GraphEdge, GraphNode } from "../api/types";

/** A value in a graph. */
export function graphNode(given: Partial<GraphNode> = {}): GraphNode {
  return {
    id: 1, title: "Patient listening", summary: "Hear the whole before answering.", simulated: false, imported: false,
    policies: [{ attended: "Moments", qualifier: "when someone pauses before they go on" }],
    score: 0.5, low: 0.1, high: 0.9, p_top: 0.4, rank: 1, rank_low: 1, rank_high: 3, n: 20, x: 0.5, y: 1, ...given,
  };
}

/** A step between two values. */
export function graphEdge(given: Partial<GraphEdge> = {}): GraphEdge {
  return { less_wise: 2, wiser: 1, counts: { wiser: 6, not_wiser: 2, unsure: 1, same: 1, not_about: 0 }, n: 10, likelihood: 0.7, both_ways: false, ...given };
}

/** A graph of two values. */
export function graph(given: Partial<Graph> = {}): Graph {
  return {
    nodes: [graphNode(), graphNode({ id: 2, title: "Quick help", score: -0.5, low: -0.9, high: -0.1, p_top: 0.1, rank: 2, rank_low: 2, rank_high: 2, y: 0 })],
    edges: [graphEdge()],
    winner: { id: 1, title: "Patient listening", score: 0.5, p_top: 0.4, interval: [0.1, 0.9], n: 20, support: "leaning" },
    participants: 12, votes: 30, simulated: false, rule: "touchstone", parameters: {}, cycles: [], figure: { data: [], layout: {} }, summary: "Patient listening is on top.", seq: 4, balance: "", left_out: { same_value: 0, answered_again: 0 }, ...given,
  };
}
