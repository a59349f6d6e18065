/** Which figure moves by how much when one principle is left out; every number opens its comparisons. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { decimal, interval } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { leaveOneOutQuery } from "../api/measures";
import type { LeftOut, Measures, Moved } from "../api/types";
import { useControls } from "../hooks/controls";
import { againstCell, type CellOf } from "../hooks/counted-cells";
import type { AddressOf } from "./MeasuresPanel";

const points = (share: number | null): number | null => (share === null ? null : share * 100);

/** By how many points it moves with the interval of that, and below it the figure itself. */
export function MovedNumber({ moved: { value, low, high, n, by, by_low, by_high }, rows }: { moved: Moved; rows?: string }) {
  if (value === null || by === null) return <span className="floor">not defined, n = {n.toLocaleString()}</span>;
  const sign = by > 0 ? "+" : "";
  const step = `${sign}${decimal(points(by), 1)} ${interval({ value: by, low: points(by_low), high: points(by_high) }, 1)}`;
  const figure = <>{decimal(points(value), 1)} % {interval({ value, low: points(low), high: points(high) }, 1)}, n&nbsp;=&nbsp;{n.toLocaleString()}</>;
  return <><span className="number">{step}</span><span className="floor">{rows === undefined ? figure : <StudioLink to={rows} className="number-link">{figure}</StudioLink>}</span></>;
}

const CATEGORIES = ["consensus", "conflict", "indifference"] as const;

interface Props {
  audit: string;
  measures: Measures;
  addressOf: AddressOf;
}

interface Told {
  measures: Pick<Measures, "principles" | "between" | "reference">;
  rows: readonly LeftOut[];
  minActive: number;
  addressOf: AddressOf;
}

/** A column for each figure, the asked annotator's arbitrariness and a distance among them. */
export function columnsOf({ measures, rows, minActive, addressOf }: Told): readonly Column<LeftOut>[] {
  // Principles and annotators are numbered apart.
  const titles = new Map(measures.principles.map(({ id, name }) => [id, name]));
  const names = new Map(measures.between.annotators.map(({ id, name }) => [id, name]));
  const asked = (rows[0]?.annotators ?? []).map(({ annotator }) => annotator);
  const [whose] = asked;
  // The reference is no distance away from itself, whatever is left out.
  const away = asked.find((id) => id !== measures.reference.id);
  const without = (out: string) => ({ principles: measures.principles.filter(({ id }) => id !== out).map(({ id }) => id).join(",") });
  const moved = (key: string, label: string, movedOf: (row: LeftOut) => Moved | undefined, cellOf: (row: LeftOut) => CellOf): Column<LeftOut> => ({
    key, label, numeric: true,
    cell: (row) => { const found = movedOf(row); return found && <MovedNumber moved={found} rows={addressOf({ ...without(row.principle), ...cellOf(row) })} />; },
    sortBy: (row) => { const by = movedOf(row)?.by; return by === null || by === undefined ? null : Math.abs(by); },
  });
  const of = (row: LeftOut, id: string) => row.annotators.find(({ annotator }) => annotator === id);
  return [
    { key: "principle", label: "Without", cell: ({ principle }) => titles.get(principle), sortBy: ({ principle }) => titles.get(principle) ?? "" },
    ...CATEGORIES.map((key) => moved(key, `${key.charAt(0).toUpperCase()}${key.slice(1)}`, (row) => row[key], () => ({ category: key }))),
    ...(whose === undefined ? [] : [moved("da", `Arbitrariness of ${names.get(whose) ?? "people"}`, (row) => of(row, whose)?.da, () => againstCell(whose, { minActive }))]),
    ...(away === undefined ? [] : [moved("dd", `Discrepancy of ${names.get(away) ?? ""}`, (row) => of(row, away)?.dd, () => ({ category: "conflict", annotator: away, decided: "true" }))]),
  ];
}

/** Draws a row a principle. */
export function LeaveOneOut({ audit, measures, addressOf }: Props) {
  const { slug } = useStudy();
  const [controls, change] = useControls();
  const { data, isPending, error, refetch } = useQuery(leaveOneOutQuery(slug, audit, controls));
  const columns = useMemo(() => columnsOf({ measures, rows: data?.rows ?? [], minActive: controls.minActive, addressOf }), [measures, data, controls.minActive, addressOf]);
  const everybody = measures.between.annotators.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section aria-labelledby="leave-title" className="matrix-section">
      <h2 id="leave-title">What one principle carries</h2>
      <p>Each row leaves one principle out: by how many points a figure moves, with the 95 % interval of the move, and below it the figure itself. Where the interval holds 0, the principle carries nothing that chance could not.{controls.weights && " Arbitrariness is counted against what the graph’s weights make of clashes, those of the other principles alone."}</p>
      <NativeSelect label="Arbitrariness and discrepancy of" maw="20rem" data={everybody} value={controls.matrix ?? everybody[0]?.value ?? ""} onChange={(event) => { change({ matrix: event.currentTarget.value }); }} />
      {isPending && <TableSkeleton count={4} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data?.rows.length === 0 && <p>With one principle alone there is none to leave out.</p>}
      {data && data.rows.length > 0 && <DataTable caption="The figures without each principle" stacks columns={columns} rows={data.rows} rowKey={({ principle }) => principle} />}
    </section>
  );
}
