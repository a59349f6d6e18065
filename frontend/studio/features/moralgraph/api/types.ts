/** The moral graph's words, as the server describes them. */
import type { Schema } from "@/studio/lib/schema";

export type GraphContext = Schema<"ContextOutput">;
export type GraphNode = Schema<"NodeOutput">;
export type GraphEdge = Schema<"EdgeOutput">;
export type Graph = Schema<"GraphOutput">;
export type Snapshot = Schema<"SnapshotOutput">;
export type Objections = Schema<"ObjectionsOutput">;
export type Objection = Schema<"ObjectionOutput">;
export type ObjectionDetail = Schema<"ObjectionDetailOutput">;
export type ObjectionVerdict = Schema<"ObjectionAnswerInputRequest">;
