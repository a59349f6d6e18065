/** The snapshots taken of this graph, and the button that takes another. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { snapshotsQuery, useTakeSnapshot } from "../api/snapshots";

/** Draws the list; an audit takes its principles from one of these. */
export function SnapshotPanel({ rule }: { rule: string }) {
  const { slug, role } = useStudy();
  const { data: snapshots = [] } = useQuery(snapshotsQuery(slug));
  const take = useTakeSnapshot(slug);
  const press = (): void => {
    take.mutate(rule, { onSuccess: ({ number }) => { notify(`Snapshot ${number} is taken.`); }, onError: notifyError });
  };
  return (
    <section className="snapshots" aria-label="Snapshots">
      <header className="section-head">
        <h2>Snapshots</h2>
        {may(role, "write") && <Button variant="default" size="compact-md" loading={take.isPending} onClick={press}>Take a snapshot</Button>}
      </header>
      {snapshots.length === 0
        ? <p>No snapshot yet. An audit takes its principles from a snapshot, so that later votes do not change it.</p>
        : (
          <ul>
            {snapshots.map(({ id, number, rule: by, hash, created_at, counts }) => (
              <li key={id}>
                <strong>Snapshot {number}</strong>, {new Date(created_at).toLocaleString()}, {by}, {count(Number(counts.votes ?? 0))} votes, <code>{hash.slice(0, 10)}</code>
              </li>
            ))}
          </ul>
        )}
    </section>
  );
}
