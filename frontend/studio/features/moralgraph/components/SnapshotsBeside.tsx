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
import { TwoPictures } from "./TwoPictures";

type Name = (id: number) => string;
type Moved = Drift["values"][number];

function columns(name: Name): readonly Column<Moved>[] {
  const place = (rank: number | null, score: number | null): string => (rank === null ? "not there" : `${rank} (${decimal(score)})`);
  return [
    { key: "value", label: "Value", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    { key: "before", label: "Rank before (score)", numeric: true, cell: ({ rank_before, score_before }) => place(rank_before, score_before), sortBy: ({ rank_before }) => rank_before },
    { key: "after", label: "Rank after (score)", numeric: true, cell: ({ rank_after, score_after }) => place(rank_after, score_after), sortBy: ({ rank_after }) => rank_after },
    { key: "certain", label: "More than chance", cell: ({ certain }) => (certain ? "yes" : "not shown"), sortBy: ({ certain }) => Number(certain) },
  ];
}

function Changed({ drift, name }: { drift: Drift; name: Name }) {
  return (
    <section className="sheet" aria-labelledby="changed">
      <h2 id="changed">What changed</h2>
      <p role="status">{driftText(drift, name)}</p>
      <p className="note">{count(drift.votes_before)} votes of {count(drift.participants_before)} people before, {count(drift.votes_after)} of {count(drift.participants_after)} after.</p>
      {drift.turned.length > 0 && <ul>{drift.turned.map(({ less_wise, wiser, likelihood_before, likelihood_after }) => <li key={`${less_wise}-${wiser}`}>From {name(less_wise)} to {name(wiser)}: {decimal(100 * likelihood_before, 0)} % found it wiser before, {decimal(100 * likelihood_after, 0)} % after</li>)}</ul>}
      <DataTable caption="Where each value stood and stands" columns={columns(name)} rows={drift.values} rowKey={({ value }) => String(value)} />
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
  const choices = snapshots.map((item) => ({ value: key(item), label: label(item) }));
  return (
    <>
      <div className="graph-choices">
        <NativeSelect label="Before" data={choices.filter(({ value }) => value !== key(right))} value={key(left)} onChange={(event) => { change({ before: event.currentTarget.value, after: key(right) }); }} />
        <NativeSelect label="After" data={choices.filter(({ value }) => value !== key(left))} value={key(right)} onChange={(event) => { change({ before: key(left), after: event.currentTarget.value }); }} />
      </div>
      <TwoPictures left={{ title: `Snapshot ${left.number}`, graph: one.data?.graph, error: one.error }} right={{ title: `Snapshot ${right.number}`, graph: other.data?.graph, error: other.error }} />
      {drift.error && <ErrorState error={drift.error} />}
      {drift.data && <Changed drift={drift.data} name={name} />}
    </>
  );
}
