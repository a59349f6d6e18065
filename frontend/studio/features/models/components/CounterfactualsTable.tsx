/** Counterfactuals: one recipe, two targets. */
import { useNavigate } from "@tanstack/react-router";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { useStudy } from "@/studio/shell/routes";
import type { CounterfactualRow } from "../api/counterfactuals";

/** The words of each state. */
export const STANDS: Readonly<Record<CounterfactualRow["state"], string>> = {
  training: "Training",
  comparing: "Comparing",
  compared: "Compared",
  failed: "Could not be compared",
};

const COLUMNS: readonly Column<CounterfactualRow>[] = [
  { key: "name", label: "Counterfactual", cell: ({ name }) => name, sortBy: ({ name }) => name },
  { key: "first", label: "First target", cell: ({ first_target: target }) => target },
  { key: "second", label: "Second target", cell: ({ second_target: target }) => target },
  { key: "state", label: "State", cell: ({ state }) => STANDS[state], sortBy: ({ state }) => STANDS[state] },
  { key: "agreement", label: "Judge alike", numeric: true, cell: ({ agreement }) => (agreement ? <NumberWithInterval {...agreement} /> : "–"), sortBy: ({ agreement }) => agreement?.value ?? null },
];

/** Draws the table; a name opens its counterfactual. */
export function CounterfactualsTable({ rows }: { rows: readonly CounterfactualRow[] }) {
  const { slug } = useStudy();
  const navigate = useNavigate();
  return <DataTable caption="One recipe, two targets" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} onOpen={({ id }) => { void navigate({ to: `/studies/${slug}/models/counterfactuals/${id}` as string }); }} />;
}
