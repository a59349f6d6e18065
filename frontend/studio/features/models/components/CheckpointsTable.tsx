/** Checkpoints: what a run saved on its way. */
import { useNavigate } from "@tanstack/react-router";
import { room } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { useStudy } from "@/studio/shell/routes";
import type { CheckpointRow } from "../api/types";

const COLUMNS: readonly Column<CheckpointRow>[] = [
  { key: "name", label: "Checkpoint", cell: ({ run_name, step }) => `${run_name}, step ${step}`, sortBy: ({ run_name, step }) => `${run_name} ${String(step).padStart(9, "0")}` },
  { key: "size", label: "Size", numeric: true, cell: ({ size_bytes }) => room(size_bytes), sortBy: ({ size_bytes }) => size_bytes },
  { key: "hash", label: "Weights", cell: ({ hash }) => <code>{hash.slice(0, 10)}</code> },
  { key: "created", label: "Saved", cell: ({ created_at }) => new Date(created_at).toLocaleString(), sortBy: ({ created_at }) => created_at },
];

/** Draws the table; a name opens its checkpoint. */
export function CheckpointsTable({ checkpoints }: { checkpoints: readonly CheckpointRow[] }) {
  const { slug } = useStudy();
  const navigate = useNavigate();
  return <DataTable caption="Checkpoints" columns={COLUMNS} rows={checkpoints} rowKey={({ id }) => id} onOpen={({ id }) => { void navigate({ to: `/studies/${slug}/models/checkpoints/${id}` as string }); }} />;
}
