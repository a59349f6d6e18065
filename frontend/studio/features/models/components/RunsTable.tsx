/** The runs of a study. */
import { useNavigate } from "@tanstack/react-router";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { useStudy } from "@/studio/shell/routes";
import type { RunRow } from "../api/types";
import { placeText } from "../hooks/states";
import { StateBadge } from "./StateBadge";

const COLUMNS: readonly Column<RunRow>[] = [
  { key: "name", label: "Run", cell: ({ name }) => name, sortBy: ({ number }) => number },
  { key: "state", label: "State", cell: ({ state, place, away_since: away }) => <><StateBadge state={state} away={away} />{place !== null && <> {placeText(place)}</>}</>, sortBy: ({ state }) => state },
  { key: "step", label: "Step", numeric: true, cell: ({ step, total_steps: total }) => (total > 0 ? `${step} of ${total}` : "–"), sortBy: ({ step }) => step },
  { key: "data", label: "Data set", cell: ({ data_set_name, withdrawals }) => <>{data_set_name}{withdrawals > 0 && <> <span className="badge is-warning">{withdrawals} withdrawn</span></>}</>, sortBy: ({ data_set_name }) => data_set_name },
  { key: "accuracy", label: "Held-out accuracy", numeric: true, cell: ({ evaluation }) => (evaluation ? <NumberWithInterval {...evaluation.accuracy} /> : "–"), sortBy: ({ evaluation }) => evaluation?.accuracy.value ?? null },
  { key: "created", label: "Begun", cell: ({ created_at }) => new Date(created_at).toLocaleString(), sortBy: ({ created_at }) => created_at },
];

/** Draws the table; a run's name opens it. */
export function RunsTable({ runs }: { runs: readonly RunRow[] }) {
  const { slug } = useStudy();
  const navigate = useNavigate();
  return <DataTable caption="Runs" columns={COLUMNS} rows={runs} rowKey={({ id }) => id} onOpen={({ id }) => { void navigate({ to: `/studies/${slug}/models/runs/${id}` as string }); }} />;
}
