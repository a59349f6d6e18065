/** How far people agree by principle, annotator and group; a number opens the comparisons on which they differ. */
import { useQuery } from "@tanstack/react-query";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { agreementQuery } from "../api/agreement";
import type { AgreementTables, Alpha, Alphas } from "../api/types";
import { useControls } from "../hooks/controls";
import type { CellOf } from "../hooks/counted-cells";
import { Kind } from "./Kind";
import type { AddressOf, PartProps } from "./MeasuresPanel";

function Value({ alpha, rows }: { alpha: Alpha; rows?: string }) {
  if (alpha.value === null) return <span className="floor">{alpha.note}</span>;
  return <NumberWithInterval value={alpha.value} low={alpha.low} high={alpha.high} n={alpha.n_units} rows={rows} />;
}

function alphaColumns(label: string, rowsOf: (row: Alphas) => string): readonly Column<Alphas>[] {
  const value = (key: "nominal" | "ordinal" | "kappa") => (row: Alphas) => <Value alpha={row[key]} rows={rowsOf(row)} />;
  return [
    { key: "name", label, cell: ({ name }) => name, sortBy: ({ name }) => name },
    { key: "nominal", label: "Alpha, nominal", numeric: true, cell: value("nominal"), sortBy: ({ nominal }) => nominal.value },
    { key: "ordinal", label: "Alpha, ordinal", numeric: true, cell: value("ordinal"), sortBy: ({ ordinal }) => ordinal.value },
    { key: "kappa", label: "Kappa, mean of every two", numeric: true, cell: value("kappa"), sortBy: ({ kappa }) => kappa.value },
  ];
}

type Beside = AgreementTables["annotators"][number];
interface Within { key: string; name: string; kappa: Alpha; rows: string }

/** Kappa within each part, folded away; why there is none is said once. */
function Parted({ parts, what, none }: { parts: readonly Within[]; what: string; none: string }) {
  const judged = parts.filter(({ kappa }) => kappa.n_units > 0);
  if (judged.length === 0) return <span className="floor">{none}</span>;
  return (
    <details>
      <summary>{judged.length} {what}</summary>
      <ul className="plain-list">{judged.map(({ key, name, kappa, rows }) => <li key={key}>{name}: <Value alpha={kappa} rows={rows} /></li>)}</ul>
    </details>
  );
}

function besideColumns(addressOf: AddressOf, titles: ReadonlyMap<string, string>, hasGroups: boolean): readonly Column<Beside>[] {
  const byPrinciple = ({ rater, by_principle }: Beside): Within[] => by_principle.map(({ principle, kappa }) => ({ key: principle, name: titles.get(principle) ?? "", kappa, rows: addressOf({ annotator: rater.id, by: principle }) }));
  const byGroup = ({ rater, by_group }: Beside): Within[] => by_group.map(({ group, kappa }) => ({ key: group, name: group.replace("=", ": "), kappa, rows: addressOf({ group, annotator: rater.id, split: "true" }) }));
  return [
    { key: "name", label: "Annotator", cell: ({ rater }) => <Kind kind={rater.kind} name={rater.name} />, sortBy: ({ rater }) => rater.name },
    { key: "kappa", label: "Kappa beside the other people", numeric: true, cell: ({ kappa, rater }) => <Value alpha={kappa} rows={addressOf({ annotator: rater.id, split: "true" })} />, sortBy: ({ kappa }) => kappa.value },
    { key: "without", label: "Alpha of people without", numeric: true, cell: ({ without }) => (without ? <Value alpha={without} /> : "–"), sortBy: ({ without }) => without?.value ?? null },
    { key: "principles", label: "Kappa by principle", cell: (row) => <Parted parts={byPrinciple(row)} what="principles" none="Nobody else judged by the same principle." /> },
    ...(hasGroups ? [{ key: "groups", label: "Kappa by group", cell: (row: Beside) => <Parted parts={byGroup(row)} what="groups" none="Nobody else judged these pairs." /> }] : []),
  ];
}

function Tables({ found, addressOf, titles }: { found: AgreementTables; addressOf: AddressOf; titles: ReadonlyMap<string, string> }) {
  const known = found.principles.some(({ nominal }) => nominal.n_units > 0);
  const table = (caption: string, label: string, rows: readonly Alphas[], cellOf: (row: Alphas) => CellOf) =>
    rows.length > 0 && <DataTable caption={caption} stacks columns={alphaColumns(label, (row) => addressOf(cellOf(row)))} rows={rows} rowKey={({ id }) => id} />;
  return (
    <>
      {table("Agreement of all people", "People", [found.overall], () => ({ split: "true" }))}
      <DataTable caption="Agreement of each annotator with the others" stacks columns={besideColumns(addressOf, titles, found.groups.length > 0)} rows={found.annotators} rowKey={({ rater }) => rater.id} />
      {found.principles.length > 0 && !known && <p>By principle: {found.principles[0]?.nominal.note}</p>}
      {known && table("Agreement by principle", "Principle", found.principles, ({ id }) => ({ by: id, split: "true" }))}
      {table("Agreement by group of comparisons", "Group", found.groups, ({ id }) => ({ group: id, split: "true" }))}
      {found.groups.length === 0 && <p className="floor">No metadata of these comparisons part them into groups.</p>}
      {table("Agreement by group of annotators", "Annotators", found.circles, ({ id }) => ({ annotators: id, split: "true" }))}
    </>
  );
}

/** Draws the tables. */
export function AgreementParts({ audit, measures, addressOf }: PartProps) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const { data, isPending, error, refetch } = useQuery(agreementQuery(slug, String(audit.id), controls));
  const titles = new Map(measures.principles.map(({ id, name }) => [id, name]));
  return (
    <section aria-labelledby="agreement-title" className="matrix-section">
      <h2 id="agreement-title">Where people agree and where not</h2>
      <p>1 is full agreement, 0 what chance alone would give. Alpha holds for any number of people and for gaps; nominal counts every difference alike, ordinal counts A against B as more than A against neither. A number opens the comparisons on which they differ.</p>
      {isPending && <TableSkeleton count={3} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Tables found={data} addressOf={addressOf} titles={titles} />}
    </section>
  );
}
