/** What is decided on an objection, with the reason that its author reads; it can be taken back. */
import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { notify, notifyError } from "@/studio/lib/notices";
import { useObjection } from "../api/objections";
import type { ObjectionDetail, ObjectionVerdict } from "../api/types";

const LONGEST = 300;
const DECIDED = { apart: "left apart", together: "put together again" } as const;

function Answered({ slug, detail, writes }: { slug: string; detail: ObjectionDetail; writes: boolean }) {
  const { takeBack } = useObjection(slug, detail.objection.id);
  const back = (): void => { takeBack.mutate(undefined, { onSuccess: () => { notify("Taken back. The objection is open again."); }, onError: notifyError }); };
  return (
    <>
      <ol className="answers">
        {detail.answers.map(({ decision, reason, by, at, undone_at: undone }) => (
          <li key={at} className={undone === null ? undefined : "is-undone"}>
            <strong>{by} {DECIDED[decision]}</strong>, {new Date(at).toLocaleString()}: <q dir="auto">{reason}</q>
            {undone !== null && <> Taken back {new Date(undone).toLocaleString()}.</>}
          </li>
        ))}
      </ol>
      {writes && detail.objection.state !== "open" && <div><Button variant="default" loading={takeBack.isPending} onClick={back}>Take the answer back</Button></div>}
    </>
  );
}

function AnswerForm({ slug, id }: { slug: string; id: number }) {
  const [reason, setReason] = useState("");
  const { answer } = useObjection(slug, id);
  const give = (decision: ObjectionVerdict["decision"]) => (): void => {
    answer.mutate({ decision, reason }, { onSuccess: () => { setReason(""); notify(decision === "apart" ? "The card stands apart." : "The card is put together again."); } });
  };
  const blocked = reason.trim() === "" || answer.isPending;
  return (
    <form aria-label="Your answer" onSubmit={(event) => { event.preventDefault(); }}>
      <Stack gap="sm">
        <Textarea label="Why" description="The author of the card reads this on their own page." required maxLength={LONGEST} autosize minRows={2} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} />
        <Group gap="xs">
          <Button disabled={blocked} onClick={give("apart")}>Leave it apart</Button>
          <Button variant="default" disabled={blocked} onClick={give("together")}>Put it together again</Button>
          {reason.trim() === "" && <span className="note">Both ask for a reason first.</span>}
        </Group>
        {answer.error && <ErrorState error={answer.error} />}
      </Stack>
    </form>
  );
}

/** Draws the answers so far and, where it is open, the way to answer. */
export function ObjectionAnswer({ slug, detail, writes }: { slug: string; detail: ObjectionDetail; writes: boolean }) {
  const { id, state } = detail.objection;
  return (
    <section aria-labelledby="answer-title" className="objection-answer">
      <h3 id="answer-title">{state === "open" ? "Decide" : "Decided"}</h3>
      {detail.answers.length > 0 && <Answered slug={slug} detail={detail} writes={writes} />}
      {state === "open" && (writes ? <AnswerForm key={id} slug={slug} id={id} /> : <p className="note">A researcher of the study answers objections.</p>)}
    </section>
  );
}
