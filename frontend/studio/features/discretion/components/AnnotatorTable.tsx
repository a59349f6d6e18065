/** Who judged, how much, and how far they go against agreed principles. */
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { decimal } from "@/lib/numbers";
import type { AnnotatorMeasures } from "../api/types";
import { isMachine, Kind } from "./Kind";

const COLUMNS: readonly Column<AnnotatorMeasures>[] = [
  { key: "name", label: "Annotator", cell: ({ kind, name }) => <Kind kind={kind} name={name} />, sortBy: ({ kind, name }) => `${Number(isMachine(kind))}${name}` },
  { key: "coverage", label: "Coverage", numeric: true, cell: ({ coverage }) => <NumberWithInterval value={coverage.value} n={coverage.n} />, sortBy: ({ coverage }) => coverage.value },
  { key: "da", label: "Arbitrariness", numeric: true, cell: ({ da }) => <NumberWithInterval {...da} />, sortBy: ({ da }) => da.value },
  {
    key: "dd",
    label: "Discrepancy",
    numeric: true,
    cell: ({ dd }) => <><NumberWithInterval {...dd} />{dd.floor !== null && <span className="floor"> floor {decimal(dd.floor)}</span>}</>,
    sortBy: ({ dd }) => dd.value,
  },
];

/** Draws the table. */
export function AnnotatorTable({ annotators }: { annotators: readonly AnnotatorMeasures[] }) {
  return <DataTable caption="Annotators" columns={COLUMNS} rows={annotators} rowKey={({ id }) => id} />;
}
