/** What the models' endpoints take and answer. */
import type { Point } from "../hooks/points";

export interface Rate { value: number | null; low: number | null; high: number | null; n: number }

export interface DataSetRow { id: string; name: string; train_count: number; held_out_count: number; left_out: Record<string, number>; hash: string; created_at: string }

export interface Side { n: number; prefers_a: number; ties: number; longer_preferred: number | null }

export interface Sample { id: string; prompt: string; response_a: string; response_b: string; p_a: number }

export interface DataSet extends DataSetRow { rule: Record<string, unknown>; composition: Record<string, Side>; samples: Sample[]; held_out_share: number; seed: number; withdrawals: number }

export type RunState = "queued" | "running" | "succeeded" | "failed" | "cancelled";

export interface RunRow { id: string; number: number; name: string; state: RunState; step: number; total_steps: number; progress: number; data_set: { id: string; name: string }; size: string; created_at: string; accuracy: Rate | null }

export interface Evaluation { accuracy: Rate; longer: Rate; coin: Rate; ties_left_out: number }

export interface CheckpointRow { id: string; step: number; size_bytes: number; hash: string; created_at: string; run: { id: string; name: string }; evaluations: Record<string, unknown> }

export interface Run extends RunRow {
  config: Record<string, unknown>; command: string; message: string; too_long: Record<string, number>; checkpoints: CheckpointRow[];
  evaluation: Evaluation | null; points: Point[]; seq: number; job: string | null;
}

export interface RunInput { data_set: string; method: string; size: "tiny" | "small" | "full"; name?: string; seed?: number; limit?: number }

export interface RunPointsEvent { run: string; points: Point[]; superseded_after: number | null }

export interface RunChangedEvent { run: string; state: RunState; message: string; step: number; total_steps: number; too_long: Record<string, number>; progress: number }

export interface AuditRow { id: number; title: string }
