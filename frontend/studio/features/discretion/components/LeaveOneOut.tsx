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
  const others = measures.annotators.filter(({ id }) => id !== measures.reference.id);
  const shown = measures.annotators.find(({ id }) => id === (controls.matrix ?? "people")) ?? measures.annotators[0];
  // The reference is no distance away from itself, whatever is left out.
  const away = others.find(({ id }) => id === controls.matrix) ?? others.find(({ kind }) => kind === "algorithm") ?? others[0];
  const columns = useMemo<readonly Column<Row>[]>(() => {
    const names = new Map(measures.principles.map(({ id, name }) => [id, name]));
    const { consensus, conflict, indifference } = measures.categories;
    const of = (row: Row, id?: string) => row.annotators.find(({ annotator }) => annotator === id);
    return [
      { key: "principle", label: "Without", cell: ({ principle }) => names.get(principle), sortBy: ({ principle }) => names.get(principle) ?? "" },
      ...([["consensus", consensus], ["conflict", conflict], ["indifference", indifference]] as const).map(([key, now]): Column<Row> => ({ key, label: `${key.charAt(0).toUpperCase()}${key.slice(1)}`, numeric: true, cell: (row) => points(row[key], now.value), sortBy: (row) => moved(row[key], now.value) })),
      { key: "da", label: `Arbitrariness of ${shown?.name ?? "people"}`, numeric: true, cell: (row) => points(of(row, shown?.id)?.da.value ?? null, shown?.da.value ?? null), sortBy: (row) => moved(of(row, shown?.id)?.da.value ?? null, shown?.da.value ?? null) },
      ...(away ? [{ key: "dd", label: `Discrepancy of ${away.name}`, numeric: true, cell: (row: Row) => points(of(row, away.id)?.dd ?? null, away.dd.value), sortBy: (row: Row) => moved(of(row, away.id)?.dd ?? null, away.dd.value) }] : []),
    ];
  }, [measures, shown, away]);
  if (measures.leave_one_out.length === 0) return null;
  return (
    <section aria-labelledby="leave-title" className="matrix-section">
      <h2 id="leave-title">What one principle carries</h2>
      <p>Each row leaves one principle out; in brackets, by how many points the figure moves. “Decisions of” below chooses whose arbitrariness and discrepancy. A heading sorts by how much moves.</p>
      <DataTable caption="The figures without each principle" columns={columns} rows={measures.leave_one_out} rowKey={({ principle }) => principle} />
    </section>
  );
}
