/** Who judged, how much, and how far they go against agreed principles; a number opens its comparisons. */
import { useMemo } from "react";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { decimal } from "@/lib/numbers";
import { useStudy } from "@/studio/shell/routes";
import type { AnnotatorMeasures } from "../api/types";
import { useControls } from "../hooks/controls";
import { againstCell } from "../hooks/counted-cells";
import { useParts } from "../hooks/parts";
import { isMachine, Kind } from "./Kind";
import type { AddressOf } from "./MeasuresPanel";

function Discrepancy({ dd, isReference, rows }: Pick<AnnotatorMeasures, "dd"> & { isReference: boolean; rows: string }) {
  if (isReference) return <span className="floor">the reference{dd.floor !== null && `; from itself ${decimal(dd.floor)}${dd.floor_p95 === null ? "" : `, 95 % below ${decimal(dd.floor_p95)}`}`}</span>;
  return (
    <>
      <NumberWithInterval {...dd} rows={dd.value === null ? undefined : rows} />
      {dd.mean !== null && dd.sd !== null && <span className="floor"> bootstrap {decimal(dd.mean)} ± {decimal(dd.sd)}</span>}
      {dd.floor !== null && <span className="floor"> floor {decimal(dd.floor)}{dd.floor_p95 !== null && `, 95 % below ${decimal(dd.floor_p95)}`}</span>}
    </>
  );
}

interface Numbers {
  addressOf: AddressOf;
  reference: string;
  minActive: number;
  /** Where it is shown what the distance of two is made of. */
  apartOf: (id: string) => string;
}

function columnsOf({ addressOf, reference, minActive, apartOf }: Numbers): readonly Column<AnnotatorMeasures>[] {
  return [
    { key: "name", label: "Annotator", cell: ({ kind, name }) => <Kind kind={kind} name={name} />, sortBy: ({ kind, name }) => `${Number(isMachine(kind))}${name}` },
    { key: "coverage", label: "Coverage", numeric: true, cell: (row) => <NumberWithInterval value={row.coverage.value} n={row.coverage.n} low={row.coverage.low} high={row.coverage.high} rows={addressOf({ annotator: row.id, decided: "true" })} />, sortBy: ({ coverage }) => coverage.value },
    { key: "da", label: "Arbitrariness", numeric: true, cell: (row) => <NumberWithInterval {...row.da} rows={row.da.value === null ? undefined : addressOf(againstCell(row.id, { minActive }))} />, sortBy: ({ da }) => da.value },
    { key: "dd", label: "Discrepancy", numeric: true, cell: ({ dd, id }) => <Discrepancy dd={dd} isReference={id === reference} rows={apartOf(id)} />, sortBy: ({ dd }) => dd.value },
  ];
}

/** Draws the table. */
export function AnnotatorTable({ audit, annotators, reference, addressOf }: { audit: number; annotators: readonly AnnotatorMeasures[]; reference: string; addressOf: AddressOf }) {
  const { slug } = useStudy();
  const [{ minActive }] = useControls();
  const { searchOf } = useParts();
  const priorities = `/studies/${slug}/discretion/${audit}${searchOf("priorities")}`;
  const columns = useMemo(() => columnsOf({ addressOf, reference, minActive, apartOf: (id) => `${priorities}&apart=${id}~${reference}` }), [addressOf, reference, minActive, priorities]);
  return <DataTable caption="Annotators" stacks columns={columns} rows={annotators} rowKey={({ id }) => id} />;
}
