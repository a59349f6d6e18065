/** Two groups of people side by side: their graphs, where they differ, and what survives in all groups. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { textFrom, useAddress } from "@/studio/lib/address";
import { useInspector } from "@/studio/shell/inspector";
import { useStudy } from "@/studio/shell/routes";
import { groupsQuery } from "../api/analyses";
import { graphQuery } from "../api/graph";
import type { SideBySide } from "../api/types";
import { apart, type Beside, besides, chosen, gapOf } from "../hooks/comparing";
import type { Name } from "../hooks/firmness";
import { type Open, useOpening } from "../hooks/inspecting";
import { answerOf } from "../hooks/traits";
import { LongAnswer } from "./LongAnswer";
import { type Group, PlaceInGroup } from "./PlaceInGroup";
import { Survives } from "./Survives";
import { TwoPictures } from "./TwoPictures";
import { VotesAskedFor, VotesButton } from "./VotesButton";

function columns(name: Name, left: Group, right: Group, both: (value: number) => void): readonly Column<Beside>[] {
  return [
    { key: "value", label: "Value", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    { key: "left", label: left.label, numeric: true, cell: (row) => <PlaceInGroup placed={row.left} group={left} />, sortBy: (row) => row.left?.score ?? null },
    { key: "right", label: right.label, numeric: true, cell: (row) => <PlaceInGroup placed={row.right} group={right} />, sortBy: (row) => row.right?.score ?? null },
    { key: "gap", label: "Apart by", numeric: true, cell: (row) => (row.left && row.right ? <button type="button" className="row-button is-number" aria-label={`${name(row.value)}, apart by ${decimal(gapOf(row))}: open the votes of both`} onClick={() => { both(row.value); }}>{decimal(gapOf(row))}</button> : "not known"), sortBy: (row) => (row.left && row.right ? gapOf(row) : null) },
    { key: "certain", label: "More than chance", cell: (row) => (apart(row) ? "yes" : "not shown"), sortBy: (row) => Number(apart(row)) },
  ];
}

interface FoundProps {
  found: SideBySide;
  name: Name;
  context?: string;
  trait: string;
  left: string;
  right: string;
  of: (group: string) => Group;
  everybody: Open;
}

function Found({ found, name, context, trait, left, right, of, everybody }: FoundProps) {
  const { open } = useInspector();
  const sides = [left, right];
  const both = (value: number): void => {
    open({ title: `Votes of both: ${name(value)}`, content: sides.map((group) => <section key={group} className="rows-section"><h3>{of(group).label}</h3><VotesAskedFor asked={{ value, context, by: trait, group }} /></section>) });
  };
  return (
    <>
      <DataTable caption="Values in both groups, those furthest apart first" columns={columns(name, of(left), of(right), both)} rows={besides(found, left, right)} rowKey={({ value }) => String(value)} />
      {found.left_out > 0 && <p className="note"><VotesButton asked={{ rest: trait, context }} title="Votes of people in no group">{count(found.left_out)} {found.left_out === 1 ? "person is" : "people are"} left out</VotesButton>: they told nothing of this, or their group is too small to be shown.</p>}
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
      <LongAnswer result={result} label="Comparing the groups">{(found) => <Found found={found} name={name} context={context} trait={trait.by} left={left.name} right={right.name} of={of} everybody={opening({ context, rule: "touchstone" }, "everybody")} />}</LongAnswer>
    </>
  );
}
