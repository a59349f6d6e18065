/** Let a checkpoint join an audit as an algorithmic annotator, on held-out pairs only. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { JobProgress } from "@/studio/components/JobProgress";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { auditsQuery, useJoinAudit } from "../api/checkpoints";
import { servingQuery } from "../api/serving";

/** Draws the choice of an audit and the judging job. */
export function JoinAudit({ checkpoint }: { checkpoint: string }) {
  const { slug, role } = useStudy();
  const { data: audits = [] } = useQuery(auditsQuery(slug));
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState("");
  const join = useJoinAudit(slug, checkpoint);
  const decision = useQuery(servingQuery(slug, checkpoint)).data?.checkpoint.decision;
  const needsReason = decision !== undefined && decision !== "promoted";
  const queries = useQueryClient();
  const renew = (): void => { for (const key of ["checkpoint-audits", "standing"]) void queries.invalidateQueries({ queryKey: [key, slug, checkpoint] }); };
  const audit = chosen ?? String(audits[0]?.id ?? "");
  if (!may(role, "write")) return null;
  if (audits.length === 0) return <p className="note">Begin an audit first; the checkpoint can then judge beside its people.</p>;
  return (
    <section className="sheet" aria-label="Add to an audit">
      <h2>Judge beside people</h2>
      <p>As an annotator of an audit, the checkpoint judges the pairs that were held out of its training, and no others.</p>
      <div className="join-audit">
        <NativeSelect label="Audit" data={audits.map(({ id, title }) => ({ value: String(id), label: title }))} value={audit} onChange={(event) => { setChosen(event.currentTarget.value); }} />
        <Button loading={join.isPending} disabled={decision === undefined || (needsReason && reason.trim() === "")} onClick={() => { join.mutate({ audit, reason: needsReason ? reason : "" }, { onError: notifyError }); }}>Add to audit</Button>
      </div>
      {needsReason && <TextInput mt="sm" label="Why it judges though it is not promoted" description="For example: to see how it judges before it is decided on. It is kept and shown with its name." required maxLength={1000} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} />}
      {join.data && <JobProgress key={join.data.job} slug={slug} job={join.data.job} label="Judging" onEnd={renew} />}
      {join.data && <StudioLink to={`/studies/${slug}/discretion/${audit}`}>Open the audit</StudioLink>}
    </section>
  );
}
