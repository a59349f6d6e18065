/** A decision on a disagreement: its cause, what holds, and a word on it; the verdicts stay as they are. */
import { Button, NativeSelect, Radio, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { ANSWERS } from "@/studio/lib/answers";
import { notify, notifyError } from "@/studio/lib/notices";
import { decisionsQuery, useDecide } from "../api/disputes";
import type { Desk } from "../api/next";
import type { DecisionInput, Verdict } from "../api/types";
import { CAUSES } from "../hooks/words";

const HOLDS = [{ value: "", label: "None of them alone" }, ...(["a", "b", "tie", "both_bad"] as const).map((value) => ({ value, label: ANSWERS[value] }))];

function isMissing({ cause, holds, note }: DecisionInput): string {
  if (cause === "one_is_wrong" && holds === "") return "Say which answer holds.";
  if (cause === "guideline_gap" && note.trim() === "") return "Say what the guideline leaves open.";
  return "";
}

/** Draws the form. */
export function DecisionForm({ desk, comparison }: { desk: Desk; comparison: string }) {
  const [input, setInput] = useState<DecisionInput>({ cause: "both_defensible", holds: "", note: "" });
  const decide = useDecide(desk, comparison);
  const change = (part: Partial<DecisionInput>): void => { setInput((before) => ({ ...before, ...part })); };
  const missing = isMissing(input);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    decide.mutate(input, { onSuccess: () => { notify("Decided. The verdicts stay as they were given."); }, onError: notifyError });
  };
  return (
    <form className="decision-form" aria-label="Decision" onSubmit={submit}>
      <Radio.Group label="Why do they disagree?" value={input.cause} onChange={(cause) => { change({ cause: cause as DecisionInput["cause"] }); }}>
        <Stack gap="xs" mt="xs">{Object.entries(CAUSES).map(([value, label]) => <Radio key={value} value={value} label={label} />)}</Stack>
      </Radio.Group>
      <NativeSelect label="What holds" data={HOLDS} value={input.holds} onChange={(event) => { change({ holds: event.currentTarget.value as DecisionInput["holds"] }); }} />
      <Textarea label={input.cause === "guideline_gap" ? "What the guideline leaves open" : "A word on it"} autosize minRows={2} value={input.note} onChange={(event) => { change({ note: event.currentTarget.value }); }} />
      {missing !== "" && <p className="desk-wait">{missing}</p>}
      <Button type="submit" disabled={missing !== ""} loading={decide.isPending}>Decide</Button>
    </form>
  );
}

/** Draws what was decided before, the newest first. */
export function Decisions({ desk, comparison }: { desk: Desk; comparison: string }) {
  const { data = [] } = useQuery(decisionsQuery(desk, comparison));
  if (data.length === 0) return null;
  return (
    <ul className="own-acts" aria-label="Decisions">
      {data.map(({ id, cause, holds, note, decided_by, decided_at, in_force, closed_by }) => (
        <li key={id}>
          <strong>{CAUSES[cause]}</strong>{holds !== "" && <>; {ANSWERS[holds as Verdict["answer"]]} holds</>}{!in_force && ", superseded"}
          {note !== "" && <p className="words">{note}</p>}
          <span className="floor">{decided_by ?? "somebody"}, {new Date(decided_at).toLocaleDateString()}{closed_by !== null && `, answered by guideline ${closed_by}`}</span>
        </li>
      ))}
    </ul>
  );
}
