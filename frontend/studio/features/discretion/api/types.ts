/** The words of an audit, as the server describes them. */
import type { Schema } from "@/studio/lib/schema";

export type Order = Schema<"OrderEnum">;
export type NextItem = Schema<"NextOutput">;
export type JudgementInput = Schema<"JudgementInputRequest">;
export type UndoneItem = Schema<"ReopenedOutput">;
export type Rate = Schema<"RateOutput">;
export type AnnotatorKind = Schema<"AnnotatorMeasuresOutput">["kind"];
export type AuditRow = Schema<"AuditRowOutput">;
export type Audit = Schema<"AuditOutput">;
export type Import = Schema<"ImportOutput">;
export type ImportReport = Schema<"ImportReportOutput">;
export type ImportStarted = Schema<"ImportStartedOutput">;
export type ImportPreview = Schema<"PreviewOutput">;
export type Principle = Schema<"PrincipleOutput">;
export type Alpha = Schema<"AlphaOutput">;
export type Measures = Schema<"MeasuresOutput">;
export type AnnotatorMeasures = Schema<"AnnotatorMeasuresOutput">;
export type ComparisonRow = Schema<"ComparisonOutput">;
export type OpenedComparison = Schema<"OpenedOutput">;
export type Verdict = OpenedComparison["verdicts"][number];
export type PageOfComparisons = Schema<"PageOfComparisons">;
export type Snapshot = Schema<"SnapshotOutput">;
export type SnapshotDetail = Schema<"SnapshotDetailOutput">;
export type CheckpointRow = Schema<"CheckpointOutput">;
export type DataSetBuilt = Schema<"DataSetBuiltOutput">;
export type DataSetInput = Schema<"DataSetInputRequest">;
export type JobStarted = Schema<"JobStartedOutput">;
