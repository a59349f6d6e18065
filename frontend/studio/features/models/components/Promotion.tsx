/** May this checkpoint be put to use? How it stands to the rule, and what was decided. */
import { Button, Group, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { type Standing, standingQuery, useDecide } from "../api/promotion";

function Findings({ findings }: Pick<Standing, "findings">) {
  return (
    <ul className="findings">
      {findings.map(({ condition, found, met }) => <li key={condition}><span className={`badge ${met ? "is-good" : "is-warning"}`}>{met ? "met" : "not met"}</span> {condition} <span className="note">(found: {found})</span></li>)}
    </ul>
  );
}

function Decide({ checkpoint, met }: { checkpoint: string; met: boolean }) {
  const { slug } = useStudy();
  const [reason, setReason] = useState("");
  const decide = useDecide(slug, checkpoint);
  const act = (promoted: boolean) => (): void => { decide.mutate({ promoted, reason }, { onSuccess: () => { setReason(""); } }); };
  return (
    <>
      <Textarea label="Why" description="Whoever uses the checkpoint reads it" autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} />
      <Group gap="sm" mt="sm">
        <Button disabled={!met || reason.trim() === ""} loading={decide.isPending} onClick={act(true)}>Promote</Button>
        <Button variant="default" disabled={reason.trim() === ""} loading={decide.isPending} onClick={act(false)}>Reject</Button>
      </Group>
      {decide.error && <ErrorState error={decide.error} />}
    </>
  );
}

/** Draws the panel. */
export function Promotion({ checkpoint }: { checkpoint: string }) {
  const { slug, role } = useStudy();
  const { data, error, refetch } = useQuery(standingQuery(slug, checkpoint));
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (!data) return null;
  const { findings, decisions, rule_set_at: setAt, rule_is_later: isLater } = data;
  return (
    <section className="sheet" aria-label="Promotion">
      <h2>Promotion</h2>
      {setAt === null
        ? <p>No rule is set: what must a checkpoint show before it is put to use? <StudioLink to={`/studies/${slug}/models`}>Set one</StudioLink></p>
        : <p className="note">The rule is of {new Date(setAt).toLocaleString()}.{isLater && " It was set after the figures were known."}</p>}
      <Findings findings={findings} />
      {decisions.length > 0 && (
        <ol className="decisions" aria-label="Decisions, the newest first">
          {decisions.map(({ promoted, reason, decided_at: at, decided_by: by }) => <li key={at}><strong>{promoted ? "Promoted" : "Rejected"}</strong> on {new Date(at).toLocaleString()}{by !== null && ` by ${by}`}: <span className="words">{reason}</span></li>)}
        </ol>
      )}
      {may(role, "train") && <Decide checkpoint={checkpoint} met={setAt !== null && findings.every(({ met }) => met)} />}
    </section>
  );
}
