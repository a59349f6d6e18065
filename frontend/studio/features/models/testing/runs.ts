/** Runs for tests. */
import type { Run } from "../api/types";

/** A run in mid-training. */
export function run(given: Partial<Run> = {}): Run {
  return {
    id: "r-1", number: 1, name: "Run 1", state: "running", step: 20, total_steps: 100, progress: 0.2, stopping: false, data_set: "d-1", data_set_name: "Advice",
    method: "reward_model", size: "tiny", created_at: "2026-11-20T10:00:00Z", created_by: "admin", started_at: null, finished_at: null, cloned_from: null,
    data_hash: "ab12", stream: "study/tea/run/r-1", config: { seed: 7 }, command: "python -m apps.models.training FOLDER",
    message: "", too_long: { train: 3, held_out: 1 }, checkpoints: [], evaluation: null, job: "j-1", seq: 5, withdrawals: 0, place: null, alerts: [], changed: [], away_since: null, elsewhere: null, size_on_disk: null, counts: { loss: 2 },
    points: [{ step: 10, name: "loss", value: 0.6 }, { step: 20, name: "loss", value: 0.5 }], ...given,
  };
}
