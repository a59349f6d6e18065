/** What the graph's endpoints answer. */

export interface PolicyOutput { attended: string; qualifier: string; quote?: string }

export interface GraphContext { id: number; name: string; description: string }

export interface GraphNode {
  id: number; title: string; summary: string; policies: PolicyOutput[];
  score: number; low: number; high: number; p_top: number; rank_low: number; rank_high: number; n: number; simulated: boolean;
}

export interface AnswerCounts { wiser: number; not_wiser: number; unsure: number; same: number; not_about: number }

export interface GraphEdge { less_wise: number; wiser: number; counts: AnswerCounts; n: number; likelihood: number | null }

export interface GraphWinner { id: number; title: string; p_top: number; interval: [number, number]; n: number; support: string }

export interface Graph {
  nodes: GraphNode[]; edges: GraphEdge[]; winner: GraphWinner | null; participants: number; votes: number; rule: string;
  cycles: number[][]; summary: string; seq: number;
}

export interface Snapshot { id: number; number: number; rule: string; hash: string; created_at: string; created_by: string | null; counts: Record<string, number> }
