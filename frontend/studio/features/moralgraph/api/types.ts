/** The moral graph's words, as the server describes them. */
import type { Schema } from "@/studio/lib/schema";

export type GraphContext = Schema<"ContextOutput">;
export type GraphNode = Schema<"NodeOutput">;
export type AnswerCounts = Schema<"AnswerCountsOutput">;
/** A graph as it travels: the steps as columns, because thousands of rows take long to send and to read. */
export type GraphSent = Schema<"GraphOutput">;
/** A pair of values, pointing to the one that more people find wiser; the counts pool both directions. */
export interface GraphEdge {
  less_wise: number;
  wiser: number;
  counts: AnswerCounts;
  /** The answers about the pair; "not about this" is none. */
  n: number;
  likelihood: number;
  /** Both directions were asked, so that one person may have answered twice. */
  both_ways: boolean;
}
export type Graph = Omit<GraphSent, "edges"> & { edges: GraphEdge[] };
export type ValueDetail = Schema<"ValueDetailOutput">;
export type Pair = Schema<"PairOutput">;
export type StepCounts = Schema<"StepCountsOutput">;
export type Influence = Schema<"InfluenceOutput">;
export type Firmness = Schema<"FirmnessOutput">;
export type Change = Schema<"ChangeOutput">;
export type Groups = Schema<"GroupsOutput">;
export type SideBySide = Schema<"SideBySideOutput">;
export type Trait = Schema<"TraitOutput">;
export type Drift = Schema<"DriftOutput">;
export type Snapshot = Schema<"SnapshotOutput">;
export type SnapshotSent = Schema<"SnapshotDetailOutput">;
export type SnapshotDetail = Omit<SnapshotSent, "graph"> & { graph: Graph };
export type Objections = Schema<"ObjectionsOutput">;
export type Objection = Schema<"ObjectionOutput">;
export type ObjectionDetail = Schema<"ObjectionDetailOutput">;
export type ObjectionVerdict = Schema<"ObjectionAnswerInputRequest">;
export type MergeDesk = Schema<"MergeDeskOutput">;
export type OpenPair = Schema<"OpenPairOutput">;
export type MergePair = Schema<"MergePairOutput">;
export type MergeSide = Schema<"MergeSideOutput">;
export type MergeDecision = Schema<"MergeDecisionOutput">;
export type MergeVerdict = Schema<"MergeDecisionInputRequest">;
export type MergeMade = Schema<"MergeMadeOutput">;
export type RubricPart = Schema<"RubricPartOutput">;
export type JudgedPairs = Schema<"JudgedPairsOutput">;
export type JudgedPair = Schema<"JudgedPairOutput">;
export type Direction = Schema<"DirectionOutput">;
export type Tale = Schema<"TaleOutput">;
export type Retired = Schema<"RetirementOutput">;
export type Told = Schema<"ToldOutput">;
export type OwnStory = Schema<"OwnStoryOutput">;
export type OwnStoryVerdict = Partial<Schema<"PatchedOwnStoryInputRequest">>;
export type NewTale = Schema<"TaleInputRequest">;
export type Value = Schema<"ValueOutput">;
export type ContextDesk = Schema<"ContextDeskOutput">;
export type ContextProposal = Schema<"ContextProposalOutput">;
export type ContextRow = Schema<"ContextRowOutput">;
export type ContextChange = Schema<"ContextChangeOutput">;
export type ContextEnd = Schema<"ContextEndInputRequest">;
export type ContextVerdict = Partial<Schema<"PatchedContextProposalInputRequest">>;
