/** Two snapshots side by side, and what changed from the earlier to the later one. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { driftQuery, snapshotQuery } from "../api/analyses";
import { snapshotsQuery } from "../api/snapshots";
import type { Drift, Snapshot } from "../api/types";
import { chosen, driftText } from "../hooks/comparing";
import type { Name } from "../hooks/firmness";
import { type Open, type Target, useOpening } from "../hooks/inspecting";
import { TwoPictures } from "./TwoPictures";

type Moved = Drift["values"][number];

/** Opens the rows of the one and of the other. */
interface Openers {
  before: Open;
  after: Open;
}

function columns(name: Name, { before, after }: Openers): readonly Column<Moved>[] {
  const place = (value: number, rank: number | null, score: number | null, open: Open) => (rank === null
    ? "not there"
    : <button type="button" className="row-button is-number" onClick={() => { open({ kind: "value", id: value }); }}>{rank} ({decimal(score)})</button>);
  return [
    { key: "value", label: "Value", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    { key: "before", label: "Rank before (score)", numeric: true, cell: ({ value, rank_before, score_before }) => place(value, rank_before, score_before, before), sortBy: ({ rank_before }) => rank_before },
    { key: "after", label: "Rank after (score)", numeric: true, cell: ({ value, rank_after, score_after }) => place(value, rank_after, score_after, after), sortBy: ({ rank_after }) => rank_after },
    { key: "certain", label: "More than chance", cell: ({ certain }) => (certain ? "yes" : "not shown"), sortBy: ({ certain }) => Number(certain) },
  ];
}

function Changed({ drift, name, openers }: { drift: Drift; name: Name; openers: Openers }) {
  const { before, after } = openers;
  const number = (text: string, open: Open, target: Target) => <button type="button" className="row-button is-number" onClick={() => { open(target); }}>{text}</button>;
  return (
    <section className="sheet" aria-labelledby="changed">
      <h2 id="changed">What changed</h2>
      <p role="status">{driftText(drift, name)}</p>
      <p className="note">{number(`${count(drift.votes_before)} votes of ${count(drift.participants_before)} people`, before, { kind: "votes" })} before, {number(`${count(drift.votes_after)} votes of ${count(drift.participants_after)} people`, after, { kind: "votes" })} after.</p>
      {drift.turned.length > 0 && <ul>{drift.turned.map(({ less_wise, wiser, likelihood_before, likelihood_after }) => <li key={`${less_wise}-${wiser}`}>From {name(less_wise)} to {name(wiser)}: {number(`${decimal(100 * likelihood_before, 0)} %`, before, { kind: "step", one: less_wise, other: wiser })} found it wiser before, {number(`${decimal(100 * likelihood_after, 0)} %`, after, { kind: "step", one: less_wise, other: wiser })} after</li>)}</ul>}
      <DataTable caption="Where each value stood and stands" columns={columns(name, openers)} rows={drift.values} rowKey={({ value }) => String(value)} />
    </section>
  );
}

function label({ number, created_at, rule }: Snapshot): string {
  return `Snapshot ${number}, ${new Date(created_at).toLocaleString()}, ${rule}`;
}

/** Draws the comparison. */
export function SnapshotsBeside({ context }: { context?: string }) {
  const { slug } = useStudy();
  const [search, change] = useAddress();
  const opening = useOpening();
  const { data } = useQuery(snapshotsQuery(slug));
  const snapshots = data?.filter(({ state }) => state === "ready");
  const key = ({ id }: Snapshot): string => String(id);
  const right = chosen(snapshots ?? [], key, textFrom(search, "after"));
  const left = chosen(snapshots ?? [], key, textFrom(search, "before"), right);
  const isReady = left !== undefined && right !== undefined;
  const ids = { id: right?.id ?? 0, since: left?.id ?? 0 };
  const one = useQuery({ ...snapshotQuery(slug, ids.since, context), enabled: isReady });
  const other = useQuery({ ...snapshotQuery(slug, ids.id, context), enabled: isReady });
  const drift = useQuery({ ...driftQuery(slug, { ...ids, context }), enabled: isReady });
  if (snapshots === undefined) return null;
  if (!isReady) {
    return <EmptyState title="Two snapshots are needed"><p>Take a snapshot in the explorer now and another one later; here you see what changed in between.</p></EmptyState>;
  }
  const nodes = [...(other.data?.graph.nodes ?? []), ...(one.data?.graph.nodes ?? [])];
  const name: Name = (id) => nodes.find((node) => node.id === id)?.title ?? `value ${id}`;
  const open = (kept: Snapshot): Open => opening({ context, rule: kept.rule, snapshot: kept.id }, `snapshot ${kept.number}`);
  const openers = { before: open(left), after: open(right) };
  const choices = snapshots.map((item) => ({ value: key(item), label: label(item) }));
  return (
    <>
      <div className="graph-choices">
        <NativeSelect label="Before" data={choices.filter(({ value }) => value !== key(right))} value={key(left)} onChange={(event) => { change({ before: event.currentTarget.value, after: key(right) }); }} />
        <NativeSelect label="After" data={choices.filter(({ value }) => value !== key(left))} value={key(right)} onChange={(event) => { change({ before: key(left), after: event.currentTarget.value }); }} />
      </div>
      <TwoPictures left={{ title: `Snapshot ${left.number}`, graph: one.data?.graph, error: one.error, open: openers.before }} right={{ title: `Snapshot ${right.number}`, graph: other.data?.graph, error: other.error, open: openers.after }} />
      {drift.error && <ErrorState error={drift.error} />}
      {drift.data && <Changed drift={drift.data} name={name} openers={openers} />}
    </>
  );
}
