/** The data sets of a study. */
import { useNavigate } from "@tanstack/react-router";
import { count } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { useStudy } from "@/studio/shell/routes";
import type { DataSetRow } from "../api/types";

const leftOut = ({ left_out }: DataSetRow): number => Object.values(left_out).reduce((sum, n) => sum + n, 0);

const COLUMNS: readonly Column<DataSetRow>[] = [
  { key: "name", label: "Data set", cell: ({ name }) => name, sortBy: ({ name }) => name },
  { key: "train", label: "Train", numeric: true, cell: ({ train_count }) => count(train_count), sortBy: ({ train_count }) => train_count },
  { key: "held", label: "Held out", numeric: true, cell: ({ held_out_count }) => count(held_out_count), sortBy: ({ held_out_count }) => held_out_count },
  { key: "left", label: "Left out", numeric: true, cell: (row) => count(leftOut(row)), sortBy: leftOut },
  { key: "created", label: "Frozen", cell: ({ created_at }) => new Date(created_at).toLocaleString(), sortBy: ({ created_at }) => created_at },
];

/** Draws the table; a name opens its data set. */
export function DataSetsTable({ dataSets }: { dataSets: readonly DataSetRow[] }) {
  const { slug } = useStudy();
  const navigate = useNavigate();
  return <DataTable caption="Data sets" columns={COLUMNS} rows={dataSets} rowKey={({ id }) => id} onOpen={({ id }) => { void navigate({ to: `/studies/${slug}/models/data-sets/${id}` as string }); }} />;
}
