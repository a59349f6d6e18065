/** The snapshots taken of this graph, and the button that takes another. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { JobProgress } from "@/studio/components/JobProgress";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { snapshotsQuery, useTakeSnapshot } from "../api/snapshots";
import { useTraits, weighingText } from "../hooks/traits";
import { VotesButton } from "./VotesButton";

/** Draws the list; an audit takes its principles from one of these. */
export function SnapshotPanel({ rule, balance: weighed }: { rule: string; balance?: string }) {
  const { slug, role } = useStudy();
  const { data: snapshots = [] } = useQuery(snapshotsQuery(slug));
  const take = useTakeSnapshot(slug);
  const traits = useTraits();
  const queries = useQueryClient();
  const press = (): void => {
    take.mutate({ rule, balance: weighed }, { onSuccess: ({ number }) => { notify(`Snapshot ${number} is taken.`); }, onError: notifyError });
  };
  const reread = (): void => { void queries.invalidateQueries({ queryKey: ["snapshots", slug] }); };
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
            {snapshots.map(({ id, number, rule: by, hash, created_at, votes, not_about, state, job, balance }) => (
              <li key={id}>
                <StudioLink to={`/studies/${slug}/graph/snapshots/${String(id)}`}>Snapshot {number}</StudioLink>, {new Date(created_at).toLocaleString()}, {by}, <VotesButton asked={{ snapshot: id }} title={`Votes of snapshot ${number}`} label={`Snapshot ${number}: ${count(votes)} votes`}>{count(votes)} votes</VotesButton>{not_about > 0 && <> (and <VotesButton asked={{ snapshot: id, answer: "not_about" }} title={`Votes of snapshot ${number}`}>{count(not_about)} “not about this”</VotesButton>, which no ranking counts)</>}{balance && `, ${weighingText(balance, traits)}`}{hash && <>, <code>{hash.slice(0, 10)}</code></>}
                {state === "failed" && <>: how sure its scores are was never worked out; take another.</>}
                {state === "computing" && job !== null && <JobProgress slug={slug} job={job} label={`How sure snapshot ${number} is`} onEnd={reread} />}
              </li>
            ))}
          </ul>
        )}
    </section>
  );
}
