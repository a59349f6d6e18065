/** Let a checkpoint join an audit as an algorithmic annotator, on held-out pairs only. */
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { JobProgress } from "@/studio/components/JobProgress";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { auditsQuery, useJoinAudit } from "../api/checkpoints";

/** Draws the choice of an audit and the judging job. */
export function JoinAudit({ checkpoint }: { checkpoint: string }) {
  const { slug, role } = useStudy();
  const { data: audits = [] } = useQuery(auditsQuery(slug));
  const [chosen, setChosen] = useState<string>();
  const join = useJoinAudit(slug, checkpoint);
  const audit = chosen ?? String(audits[0]?.id ?? "");
  if (!may(role, "write")) return null;
  if (audits.length === 0) return <p className="note">Begin an audit first; the checkpoint can then judge beside its people.</p>;
  return (
    <section className="sheet" aria-label="Add to an audit">
      <h2>Judge beside people</h2>
      <p>As an annotator of an audit, the checkpoint judges the pairs that were held out of its training, and no others.</p>
      <div className="join-audit">
        <NativeSelect label="Audit" data={audits.map(({ id, title }) => ({ value: String(id), label: title }))} value={audit} onChange={(event) => { setChosen(event.currentTarget.value); }} />
        <Button loading={join.isPending} onClick={() => { join.mutate(audit, { onError: notifyError }); }}>Add to audit</Button>
      </div>
      {join.data && <JobProgress key={join.data.job} slug={slug} job={join.data.job} label="Judging" />}
      {join.data && <StudioLink to={`/studies/${slug}/discretion/${audit}`}>Open the audit</StudioLink>}
    </section>
  );
}
