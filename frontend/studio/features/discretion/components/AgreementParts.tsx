/** How far people agree by principle, annotator and group; a row opens the comparisons on which they differ. */
import { useQuery } from "@tanstack/react-query";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { agreementQuery } from "../api/agreement";
import type { AgreementTables, Alpha, Alphas } from "../api/types";
import { useControls } from "../hooks/controls";
import { Kind } from "./Kind";
import type { AddressOf } from "./MeasuresPanel";

function Value({ alpha, rows }: { alpha: Alpha; rows?: string }) {
  if (alpha.value === null) return <span className="floor">{alpha.note}</span>;
  return <NumberWithInterval value={alpha.value} low={alpha.low} high={alpha.high} n={alpha.n_units} rows={rows} />;
}

function alphaColumns(label: string, rowsOf: (row: Alphas) => string): readonly Column<Alphas>[] {
  return [
    { key: "name", label, cell: ({ name }) => name, sortBy: ({ name }) => name },
    { key: "nominal", label: "Alpha, nominal", numeric: true, cell: (row) => <Value alpha={row.nominal} rows={rowsOf(row)} />, sortBy: ({ nominal }) => nominal.value },
    { key: "ordinal", label: "Alpha, ordinal", numeric: true, cell: ({ ordinal }) => <Value alpha={ordinal} />, sortBy: ({ ordinal }) => ordinal.value },
  ];
}

type Beside = AgreementTables["annotators"][number];

function besideColumns(addressOf: AddressOf, titles: ReadonlyMap<string, string>): readonly Column<Beside>[] {
  const judged = ({ by_principle }: Beside) => by_principle.filter(({ kappa }) => kappa.n_units > 0);
  return [
    { key: "name", label: "Annotator", cell: ({ rater }) => <Kind kind={rater.kind} name={rater.name} />, sortBy: ({ rater }) => rater.name },
    { key: "kappa", label: "Kappa beside the other people", numeric: true, cell: ({ kappa, rater }) => <Value alpha={kappa} rows={addressOf({ annotator: rater.id, split: "true" })} />, sortBy: ({ kappa }) => kappa.value },
    { key: "without", label: "Alpha of people without", numeric: true, cell: ({ without }) => (without ? <Value alpha={without} /> : "–"), sortBy: ({ without }) => without?.value ?? null },
    {
      key: "principles", label: "Kappa by principle", cell: (row) => (judged(row).length === 0
        ? <span className="floor">Nobody else judged by the same principle.</span>
        : (
          <details>
            <summary>{judged(row).length} principles</summary>
            <ul className="plain-list">{judged(row).map(({ principle, kappa }) => <li key={principle}>{titles.get(principle)}: <Value alpha={kappa} rows={addressOf({ annotator: row.rater.id, by: principle })} /></li>)}</ul>
          </details>
        )),
    },
  ];
}

/** Draws the three; what is nowhere defined is said once. */
function Tables({ found, addressOf, titles }: { found: AgreementTables; addressOf: AddressOf; titles: ReadonlyMap<string, string> }) {
  const known = found.principles.some(({ nominal }) => nominal.n_units > 0);
  return (
    <>
      <DataTable caption="Agreement of each annotator with the others" columns={besideColumns(addressOf, titles)} rows={found.annotators} rowKey={({ rater }) => rater.id} />
      {found.principles.length > 0 && !known && <p>By principle: {found.principles[0]?.nominal.note}</p>}
      {known && <DataTable caption="Agreement by principle" columns={alphaColumns("Principle", ({ id }) => addressOf({ by: id, split: "true" }))} rows={found.principles} rowKey={({ id }) => id} />}
      {found.groups.length > 0 && <DataTable caption="Agreement by group" columns={alphaColumns("Group", ({ id }) => addressOf({ group: id, split: "true" }))} rows={found.groups} rowKey={({ id }) => id} />}
    </>
  );
}

/** Draws the three tables. */
export function AgreementParts({ audit, addressOf, titles }: { audit: string; addressOf: AddressOf; titles: ReadonlyMap<string, string> }) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const { data, isPending, error, refetch } = useQuery(agreementQuery(slug, audit, controls));
  return (
    <section aria-labelledby="agreement-title" className="matrix-section">
      <h2 id="agreement-title">Where people agree and where not</h2>
      <p>1 is full agreement, 0 what chance alone would give. A number opens the comparisons on which they differ.</p>
      {isPending && <TableSkeleton count={3} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Tables found={data} addressOf={addressOf} titles={titles} />}
    </section>
  );
}
