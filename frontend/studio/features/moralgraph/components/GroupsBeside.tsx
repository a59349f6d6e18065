/** Two groups of people side by side: their graphs, where they differ, and what survives in all groups. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { groupsQuery } from "../api/analyses";
import { graphQuery } from "../api/graph";
import type { SideBySide } from "../api/types";
import { apart, type Beside, besides, chosen, gapOf, type Placed } from "../hooks/comparing";
import { plainKey } from "./GraphChoices";
import { LongAnswer } from "./LongAnswer";
import { TwoPictures } from "./TwoPictures";

type Name = (id: number) => string;

function placeOf(placed: Placed | undefined) {
  return placed === undefined ? "not ranked" : <><NumberWithInterval value={placed.score} low={placed.low} high={placed.high} />, rank {placed.rank}</>;
}

function columns(name: Name, left: string, right: string): readonly Column<Beside>[] {
  return [
    { key: "value", label: "Value", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    { key: "left", label: plainKey(left), numeric: true, cell: (row) => placeOf(row.left), sortBy: (row) => row.left?.score ?? null },
    { key: "right", label: plainKey(right), numeric: true, cell: (row) => placeOf(row.right), sortBy: (row) => row.right?.score ?? null },
    { key: "gap", label: "Apart by", numeric: true, cell: (row) => decimal(gapOf(row)), sortBy: gapOf },
    { key: "certain", label: "More than chance", cell: (row) => (apart(row) ? "yes" : "not shown"), sortBy: (row) => Number(apart(row)) },
  ];
}

function Survives({ found, name }: { found: SideBySide; name: Name }) {
  const bridging = found.bridges.filter(({ bridges }) => bridges);
  return (
    <section className="sheet" aria-labelledby="survives">
      <h2 id="survives">What survives in all groups</h2>
      <h3>Bridging values</h3>
      {bridging.length === 0
        ? <p>No value stands above the middle with at least 90 % in every group.{found.bridges[0] !== undefined && ` Closest is ${name(found.bridges[0].value)}: ${decimal(100 * found.bridges[0].least, 0)} % in the group that is least sure of it.`}</p>
        : <ul>{bridging.map(({ value, least }) => <li key={value}>{name(value)}: above the middle with {decimal(100 * least, 0)} % or more in every group</li>)}</ul>}
      <h3>Steps that all groups take</h3>
      {found.shared.length === 0
        ? <p>No pair that several groups judged points the same way in all of them.</p>
        : <ul>{found.shared.slice(0, 50).map(({ less_wise, wiser, least, groups }) => <li key={`${less_wise}-${wiser}`}>From {name(less_wise)} to {name(wiser)}: wiser for {decimal(100 * least, 0)} % or more in each of {groups} groups</li>)}</ul>}
    </section>
  );
}

function Found({ found, name, left, right }: { found: SideBySide; name: Name; left: string; right: string }) {
  return (
    <>
      <DataTable caption="Values in both groups, those furthest apart first" columns={columns(name, left, right)} rows={besides(found, left, right)} rowKey={({ value }) => String(value)} />
      {found.left_out > 0 && <p className="note">{count(found.left_out)} {found.left_out === 1 ? "person is" : "people are"} left out: they told nothing of this, or their group is too small to be shown.</p>}
      <Survives found={found} name={name} />
    </>
  );
}

/** Draws the comparison. */
export function GroupsBeside({ context }: { context?: string }) {
  const { slug } = useStudy();
  const [search, change] = useAddress();
  const { data: known } = useQuery(groupsQuery(slug, {}));
  const traits = (known?.traits ?? []).filter(({ groups }) => groups.length > 1);
  const trait = chosen(traits, ({ by }) => by, textFrom(search, "by"));
  const left = chosen(trait?.groups ?? [], ({ name }) => name, textFrom(search, "left"));
  const right = chosen(trait?.groups ?? [], ({ name }) => name, textFrom(search, "right"), left);
  const isReady = trait !== undefined && left !== undefined && right !== undefined;
  const of = (group: string | undefined) => ({ ...graphQuery(slug, { context, rule: "touchstone", by: trait?.by, group }), enabled: isReady });
  const [one, other] = [useQuery(of(left?.name)), useQuery(of(right?.name))];
  const result = useQuery({ ...groupsQuery(slug, { context, by: trait?.by }), enabled: isReady });
  if (known === undefined) return null;
  if (!isReady) {
    return <EmptyState title="No groups to compare yet"><p>Groups come from what people tell about themselves in the study’s questions. Two groups of at least five voters each are needed: fewer could be named.</p></EmptyState>;
  }
  const name: Name = (id) => one.data?.nodes.find((node) => node.id === id)?.title ?? other.data?.nodes.find((node) => node.id === id)?.title ?? `value ${id}`;
  const groups = trait.groups.map(({ name: value, people }) => ({ value, label: `${plainKey(value)} (${people} people)` }));
  return (
    <>
      <div className="graph-choices">
        <NativeSelect label="Groups by" data={traits.map(({ by }) => ({ value: by, label: plainKey(by) }))} value={trait.by} onChange={(event) => { change({ by: event.currentTarget.value, left: undefined, right: undefined }); }} />
        <NativeSelect label="On the left" data={groups.filter(({ value }) => value !== right.name)} value={left.name} onChange={(event) => { change({ left: event.currentTarget.value, right: right.name }); }} />
        <NativeSelect label="On the right" data={groups.filter(({ value }) => value !== left.name)} value={right.name} onChange={(event) => { change({ left: left.name, right: event.currentTarget.value }); }} />
      </div>
      <TwoPictures left={{ title: `${plainKey(trait.by)}: ${plainKey(left.name)}`, graph: one.data, error: one.error }} right={{ title: `${plainKey(trait.by)}: ${plainKey(right.name)}`, graph: other.data, error: other.error }} />
      <LongAnswer result={result} label="Comparing the groups">{(found) => <Found found={found} name={name} left={left.name} right={right.name} />}</LongAnswer>
    </>
  );
}
