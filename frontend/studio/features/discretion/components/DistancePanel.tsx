/** What a discrepancy is made of: the principles that two annotators order the other way round. */
import { CloseButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { distanceQuery } from "../api/agreement";
import type { Distance, Measures } from "../api/types";
import { useControls } from "../hooks/controls";
import type { AddressOf } from "./MeasuresPanel";

type Row = Distance["reversals"][number];

function columnsOf({ annotator, other }: Distance, names: ReadonlyMap<string, string>, addressOf: AddressOf): readonly Column<Row>[] {
  const ends = (row: Row) => ({ principle: row.principle, over: row.over });
  return [
    { key: "pair", label: "Ranked the other way round", cell: (row) => `${names.get(row.principle) ?? ""} · ${names.get(row.over) ?? ""}` },
    { key: "mine", label: `${annotator.name}: ranks, siding with the first`, numeric: true, cell: (row) => <>{row.ranks.join(" and ")} <NumberWithInterval {...row.sided} rows={addressOf({ ...ends(row), annotator: annotator.id })} /></> },
    { key: "theirs", label: `${other.name}: ranks, siding with the first`, numeric: true, cell: (row) => <>{row.other_ranks.join(" and ")} <NumberWithInterval {...row.other_sided} rows={addressOf({ ...ends(row), annotator: other.id })} /></> },
    { key: "apart", label: "Clashes decided differently", numeric: true, cell: (row) => <StudioLink to={addressOf({ ...ends(row), annotator: annotator.id, other: other.id })}>{row.apart.toLocaleString()}</StudioLink>, sortBy: ({ apart }) => apart },
  ];
}

interface Props {
  audit: string;
  measures: Measures;
  pair: { annotator: string; other: string };
  addressOf: AddressOf;
  onClose: () => void;
}

/** Draws the list of reversed principles. */
export function DistancePanel({ audit, measures, pair, addressOf, onClose }: Props) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const { data, isPending, error, refetch } = useQuery(distanceQuery(slug, audit, controls, pair));
  const names = new Map(measures.principles.map(({ id, name }) => [id, name]));
  return (
    <section className="sheet matrix-section" aria-label="What this distance is made of">
      <CloseButton aria-label="Close what this distance is made of" onClick={onClose} />
      {isPending && <TableSkeleton count={3} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <>
          <h3>{data.annotator.name} and {data.other.name}</h3>
          <p>
            They order {data.reversals.length.toLocaleString()} of {data.pairs_of_principles.toLocaleString()} pairs of principles the other way round.{" "}
            <StudioLink to={addressOf({ category: "conflict", annotator: data.annotator.id, other: data.other.id })}>Open all clashes that they decided differently</StudioLink>.
          </p>
          {data.reversals.length > 0 && <DataTable caption="Principles ordered the other way round" stacks columns={columnsOf(data, names, addressOf)} rows={data.reversals} rowKey={({ principle, over }) => `${principle}|${over}`} />}
        </>
      )}
    </section>
  );
}
