/** Who judged, how much, and how far they go against agreed principles; a number opens its comparisons. */
import { useMemo } from "react";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { decimal } from "@/lib/numbers";
import type { AnnotatorMeasures } from "../api/types";
import { isMachine, Kind } from "./Kind";
import type { AddressOf } from "./MeasuresPanel";

function Discrepancy({ dd, isReference }: Pick<AnnotatorMeasures, "dd"> & { isReference: boolean }) {
  if (isReference) return <span className="floor">the reference{dd.floor !== null && `; from itself ${decimal(dd.floor)}${dd.floor_p95 === null ? "" : `, 95 % below ${decimal(dd.floor_p95)}`}`}</span>;
  return (
    <>
      <NumberWithInterval {...dd} />
      {dd.mean !== null && dd.sd !== null && <span className="floor"> bootstrap {decimal(dd.mean)} ± {decimal(dd.sd)}</span>}
      {dd.floor !== null && <span className="floor"> floor {decimal(dd.floor)}{dd.floor_p95 !== null && `, 95 % below ${decimal(dd.floor_p95)}`}</span>}
    </>
  );
}

function columnsOf(addressOf: AddressOf, reference: string): readonly Column<AnnotatorMeasures>[] {
  const rowsOf = ({ id, kind }: AnnotatorMeasures, cell: Record<string, string>): string | undefined => (kind === "null" ? undefined : addressOf({ annotator: id, ...cell }));
  return [
    { key: "name", label: "Annotator", cell: ({ kind, name }) => <Kind kind={kind} name={name} />, sortBy: ({ kind, name }) => `${Number(isMachine(kind))}${name}` },
    { key: "coverage", label: "Coverage", numeric: true, cell: (row) => <NumberWithInterval value={row.coverage.value} n={row.coverage.n} rows={rowsOf(row, {})} />, sortBy: ({ coverage }) => coverage.value },
    { key: "da", label: "Arbitrariness", numeric: true, cell: (row) => <NumberWithInterval {...row.da} rows={rowsOf(row, { against: "true" })} />, sortBy: ({ da }) => da.value },
    { key: "dd", label: "Discrepancy", numeric: true, cell: ({ dd, id }) => <Discrepancy dd={dd} isReference={id === reference} />, sortBy: ({ dd }) => dd.value },
  ];
}

/** Draws the table. */
export function AnnotatorTable({ annotators, reference, addressOf }: { annotators: readonly AnnotatorMeasures[]; reference: string; addressOf: AddressOf }) {
  const columns = useMemo(() => columnsOf(addressOf, reference), [addressOf, reference]);
  return <DataTable caption="Annotators" columns={columns} rows={annotators} rowKey={({ id }) => id} />;
}
