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
import { type Open, useOpening } from "../hooks/inspecting";
import { answerOf } from "../hooks/traits";
import { LongAnswer } from "./LongAnswer";
import { TwoPictures } from "./TwoPictures";

type Name = (id: number) => string;

/** One of the groups on the page: its name as the study words it, and what opens its rows. */
interface Group {
  label: string;
  open: Open;
}

function placeOf(placed: Placed | undefined, { open }: Group) {
  if (placed === undefined) return "not ranked";
  return <button type="button" className="row-button is-number" onClick={() => { open({ kind: "value", id: placed.value }); }}><NumberWithInterval value={placed.score} low={placed.low} high={placed.high} n={placed.n} />, rank {placed.rank}</button>;
}

function columns(name: Name, left: Group, right: Group): readonly Column<Beside>[] {
  return [
    { key: "value", label: "Value", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    { key: "left", label: left.label, numeric: true, cell: (row) => placeOf(row.left, left), sortBy: (row) => row.left?.score ?? null },
    { key: "right", label: right.label, numeric: true, cell: (row) => placeOf(row.right, right), sortBy: (row) => row.right?.score ?? null },
    { key: "gap", label: "Apart by", numeric: true, cell: (row) => decimal(gapOf(row)), sortBy: gapOf },
    { key: "certain", label: "More than chance", cell: (row) => (apart(row) ? "yes" : "not shown"), sortBy: (row) => Number(apart(row)) },
  ];
}

type Bridge = SideBySide["bridges"][number];

/** Bridging values first, then what comes closest: with its score in every group. */
function bridgeColumns(found: SideBySide, name: Name, of: (group: string) => Group): readonly Column<Bridge>[] {
  const placed = new Map(found.groups.map(({ name: group, values }) => [group, new Map(values.map((value) => [value.value, value]))]));
  return [
    { key: "value", label: "Value", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    { key: "bridges", label: "Bridges", cell: ({ bridges }) => (bridges ? "yes" : "no"), sortBy: ({ bridges }) => Number(bridges) },
    { key: "least", label: "Above the middle, in the least sure group", numeric: true, cell: ({ least }) => `${decimal(100 * least, 0)} %`, sortBy: ({ least }) => least },
    ...found.groups.map(({ name: group }): Column<Bridge> => ({
      key: `group ${group}`, label: of(group).label, numeric: true,
      cell: ({ value }) => placeOf(placed.get(group)?.get(value), of(group)),
      sortBy: ({ value }) => placed.get(group)?.get(value)?.score ?? null,
    })),
  ];
}

function Survives({ found, name, of, everybody }: { found: SideBySide; name: Name; of: (group: string) => Group; everybody: Open }) {
  const bridging = found.bridges.filter(({ bridges }) => bridges);
  const closest = found.bridges[0];
  const steps = found.shared.slice(0, 50);
  return (
    <section className="sheet survives" aria-labelledby="survives">
      <h2 id="survives">What survives in all groups</h2>
      <h3>Bridging values</h3>
      <p>
        {bridging.length === 0
          ? `No value stands above the middle with at least 90 % in every group.${closest === undefined ? "" : ` Closest is ${name(closest.value)}: ${decimal(100 * closest.least, 0)} % in the group that is least sure of it.`}`
          : `${bridging.length === 1 ? "One value stands" : `${count(bridging.length)} values stand`} above the middle with at least 90 % in every group: ${bridging.map(({ value }) => name(value)).join(", ")}.`}
      </p>
      <DataTable caption="How surely each value stands above the middle in every group" columns={bridgeColumns(found, name, of)} rows={found.bridges.slice(0, Math.max(10, bridging.length))} rowKey={({ value }) => String(value)} />
      <h3>Steps that all groups take</h3>
      {steps.length === 0
        ? <p>No pair that several groups judged points the same way in all of them.</p>
        : (
          <ul>
            {steps.map(({ less_wise, wiser, least, groups }) => (
              <li key={`${less_wise}-${wiser}`}>From {name(less_wise)} to {name(wiser)}: wiser for <button type="button" className="row-button is-number" onClick={() => { everybody({ kind: "step", one: less_wise, other: wiser }); }}>{decimal(100 * least, 0)} %</button> or more in each of {groups} groups</li>
            ))}
          </ul>
        )}
    </section>
  );
}

interface FoundProps {
  found: SideBySide;
  name: Name;
  left: string;
  right: string;
  of: (group: string) => Group;
  everybody: Open;
}

function Found({ found, name, left, right, of, everybody }: FoundProps) {
  return (
    <>
      <DataTable caption="Values in both groups, those furthest apart first" columns={columns(name, of(left), of(right))} rows={besides(found, left, right)} rowKey={({ value }) => String(value)} />
      {found.left_out > 0 && <p className="note">{count(found.left_out)} {found.left_out === 1 ? "person is" : "people are"} left out: they told nothing of this, or their group is too small to be shown.</p>}
      <Survives found={found} name={name} of={of} everybody={everybody} />
    </>
  );
}

/** Draws the comparison. */
export function GroupsBeside({ context }: { context?: string }) {
  const { slug } = useStudy();
  const [search, change] = useAddress();
  const opening = useOpening();
  const { data: known } = useQuery(groupsQuery(slug, {}));
  const traits = (known?.traits ?? []).filter(({ groups }) => groups.length > 1);
  const trait = chosen(traits, ({ by }) => by, textFrom(search, "by"));
  const left = chosen(trait?.groups ?? [], ({ name }) => name, textFrom(search, "left"));
  const right = chosen(trait?.groups ?? [], ({ name }) => name, textFrom(search, "right"), left);
  const isReady = trait !== undefined && left !== undefined && right !== undefined;
  const asked = (group: string | undefined) => ({ ...graphQuery(slug, { context, rule: "touchstone", by: trait?.by, group }), enabled: isReady });
  const [one, other] = [useQuery(asked(left?.name)), useQuery(asked(right?.name))];
  const result = useQuery({ ...groupsQuery(slug, { context, by: trait?.by }), enabled: isReady });
  if (known === undefined) return null;
  if (!isReady) {
    return <EmptyState title="No groups to compare yet"><p>Groups come from what people tell about themselves in the study’s questions. Two groups of at least five voters each are needed: fewer could be named.</p></EmptyState>;
  }
  const name: Name = (id) => one.data?.nodes.find((node) => node.id === id)?.title ?? other.data?.nodes.find((node) => node.id === id)?.title ?? `value ${id}`;
  const of = (group: string): Group => {
    const label = answerOf(traits, trait.by, group);
    return { label, open: opening({ context, rule: "touchstone", by: trait.by, group }, label) };
  };
  const groups = trait.groups.map(({ name: value, label, people }) => ({ value, label: `${label} (${people} people)` }));
  return (
    <>
      <div className="graph-choices">
        <NativeSelect label="Groups by" data={traits.map(({ by, label }) => ({ value: by, label }))} value={trait.by} onChange={(event) => { change({ by: event.currentTarget.value, left: undefined, right: undefined }); }} />
        <NativeSelect label="On the left" data={groups.filter(({ value }) => value !== right.name)} value={left.name} onChange={(event) => { change({ left: event.currentTarget.value, right: right.name }); }} />
        <NativeSelect label="On the right" data={groups.filter(({ value }) => value !== left.name)} value={right.name} onChange={(event) => { change({ left: left.name, right: event.currentTarget.value }); }} />
      </div>
      <TwoPictures left={{ title: of(left.name).label, graph: one.data, error: one.error, open: of(left.name).open }} right={{ title: of(right.name).label, graph: other.data, error: other.error, open: of(right.name).open }} />
      <LongAnswer result={result} label="Comparing the groups">{(found) => <Found found={found} name={name} left={left.name} right={right.name} of={of} everybody={opening({ context, rule: "touchstone" }, "everybody")} />}</LongAnswer>
    </>
  );
}
