/** Which figure changes how much when one principle is left out. */
import { useMemo } from "react";
import { type Column, DataTable } from "@/studio/components/DataTable";
import type { Measures } from "../api/types";
import { useControls } from "../hooks/controls";

type Row = Measures["leave_one_out"][number];

function points(value: number | null, before: number | null): string {
  if (value === null || before === null) return "–";
  const moved = Math.round((value - before) * 1000) / 10;
  return `${(value * 100).toFixed(1)} % (${moved > 0 ? "+" : moved < 0 ? "−" : "±"}${Math.abs(moved).toFixed(1)})`;
}

const moved = (value: number | null, before: number | null): number | null => (value === null || before === null ? null : Math.abs(value - before));

/** Draws a row a principle: the figure without it, and in brackets by how many points it moves. */
export function LeaveOneOut({ measures }: { measures: Measures }) {
  const [controls] = useControls();
  const shown = measures.annotators.find(({ id }) => id === (controls.matrix ?? "people")) ?? measures.annotators[0];
  const columns = useMemo<readonly Column<Row>[]>(() => {
    const names = new Map(measures.principles.map(({ id, name }) => [id, name]));
    const { consensus, conflict, indifference } = measures.categories;
    const of = (row: Row) => row.annotators.find(({ annotator }) => annotator === shown?.id);
    return [
      { key: "principle", label: "Without", cell: ({ principle }) => names.get(principle), sortBy: ({ principle }) => names.get(principle) ?? "" },
      ...([["consensus", consensus], ["conflict", conflict], ["indifference", indifference]] as const).map(([key, now]): Column<Row> => ({ key, label: `${key.charAt(0).toUpperCase()}${key.slice(1)}`, numeric: true, cell: (row) => points(row[key], now.value), sortBy: (row) => moved(row[key], now.value) })),
      { key: "da", label: "Arbitrariness", numeric: true, cell: (row) => points(of(row)?.da.value ?? null, shown?.da.value ?? null), sortBy: (row) => moved(of(row)?.da.value ?? null, shown?.da.value ?? null) },
      { key: "dd", label: "Discrepancy", numeric: true, cell: (row) => points(of(row)?.dd ?? null, shown?.dd.value ?? null), sortBy: (row) => moved(of(row)?.dd ?? null, shown?.dd.value ?? null) },
    ];
  }, [measures, shown]);
  if (measures.leave_one_out.length === 0) return null;
  return (
    <section aria-labelledby="leave-title" className="matrix-section">
      <h2 id="leave-title">What one principle carries</h2>
      <p>Each row leaves one principle out; in brackets, by how many points the figure moves. Arbitrariness and discrepancy are those of {shown?.name ?? "the people"}; choose whose under “Decisions of”. A heading sorts by how much moves.</p>
      <DataTable caption="The figures without each principle" columns={columns} rows={measures.leave_one_out} rowKey={({ principle }) => principle} />
    </section>
  );
}
