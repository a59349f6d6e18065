/** The moral graph's words, as the server describes them. */
import type { Schema } from "@/studio/lib/schema";

export type GraphContext = Schema<"ContextOutput">;
export type GraphNode = Schema<"NodeOutput">;
export type GraphEdge = Schema<"EdgeOutput">;
export type AnswerCounts = Schema<"AnswerCountsOutput">;
export type Graph = Schema<"GraphOutput">;
export type ValueDetail = Schema<"ValueDetailOutput">;
export type Pair = Schema<"PairOutput">;
export type StepCounts = Schema<"StepCountsOutput">;
export type VoteRow = Schema<"VoteRowOutput">;
export type VoteRows = Schema<"VoteRowsOutput">;
export type Influence = Schema<"InfluenceOutput">;
export type Firmness = Schema<"FirmnessOutput">;
export type Change = Schema<"ChangeOutput">;
export type Groups = Schema<"GroupsOutput">;
export type SideBySide = Schema<"SideBySideOutput">;
export type Trait = Schema<"TraitOutput">;
export type Drift = Schema<"DriftOutput">;
export type Snapshot = Schema<"SnapshotOutput">;
export type SnapshotDetail = Schema<"SnapshotDetailOutput">;
export type Objections = Schema<"ObjectionsOutput">;
export type Objection = Schema<"ObjectionOutput">;
export type ObjectionDetail = Schema<"ObjectionDetailOutput">;
export type ObjectionVerdict = Schema<"ObjectionAnswerInputRequest">;
