/** What the audits' endpoints take and answer. */

export type Order = "ab" | "ba";

export interface PrincipleToJudge { id: number; title: string; statement: string }

export interface NextItem {
  comparison: string | null; prompt: string; left: string; right: string; order: Order; principles: PrincipleToJudge[];
  done: number; left_count: number; minutes: number;
}

export interface JudgementInput {
  comparison: string; order: Order; overall: "a" | "b" | "tie" | "both_bad" | "skip";
  principles: { principle: number; answer: "a" | "b" | "tie" | "not_applicable" }[]; reason: string;
}

export interface UndoneItem extends NextItem {
  overall: JudgementInput["overall"]; answers: JudgementInput["principles"]; reason: string;
}

export interface Rate { value: number | null; low: number | null; high: number | null; n: number }

export type AnnotatorKind = "person" | "imported_person" | "algorithm" | "null";

export interface Annotator { id: number; name: string; kind: AnnotatorKind; coverage: Rate; checkpoint: string | null }

export interface AuditRow { id: number; title: string; created_at: string }

export interface RowError { row: number; reason: string }

export interface ImportReport { read: number; kept: number; left_out: number; errors: RowError[]; message?: string }

export interface Import { id: number; filename: string; format: string; state: string; report: ImportReport | null; job: string | null }

export interface Principle { id: number; title: string; statement: string; value: number | null; snapshot: number | null }

export interface Alpha { value: number | null; low: number | null; high: number | null; n_units: number; n_ratings: number; note: string }

export interface Audit {
  id: number; title: string; counts: { comparisons: number; verdicts: number; judged: number };
  annotators: Annotator[]; alpha_nominal: Alpha; imports: Import[]; principles: Principle[]; seq: number;
}

export interface Discrepancy extends Rate { floor: number | null }

export interface Priority { principle: string; weight: number | null; note: string; games: number }

export interface AnnotatorMeasures { id: string; name: string; kind: AnnotatorKind | "people"; coverage: Rate; da: Rate; dd: Discrepancy; priorities: Priority[] }

export interface CategoryRate extends Rate { count: number }

export interface Measures {
  agreement: { alpha_nominal: Alpha; alpha_ordinal: Alpha; unanimous: Rate };
  categories: Record<"consensus" | "conflict" | "indifference", CategoryRate>;
  annotators: AnnotatorMeasures[];
  figures: Record<string, { data: Record<string, unknown>[]; layout?: Record<string, unknown> }>;
  sentences: string[]; seq: number;
}

export interface ComparisonRow { id: string; external_id: string; prompt: string; response_a: string; response_b: string; category: string | null }

export interface PageOf<Row> { count: number; next: string | null; previous: string | null; results: Row[] }

export interface Snapshot { id: number; number: number; created_at: string; rule: string }

export interface SnapshotDetail extends Snapshot { values: { id: number; title: string; summary: string; score: number; low: number; high: number }[] }

export interface CheckpointRow { id: string; step: number; run: { id: string; name: string } }
