/** Pairs with a known answer: for the training round, as gold, or to see whether somebody reads. */
import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { probesQuery, useAddProbe, useRetireProbe } from "../api/batches";
import type { Desk } from "../api/next";
import type { Probe, ProbeInput } from "../api/types";
import { ANSWERS } from "../hooks/words";

const KINDS: Readonly<Record<Probe["kind"], string>> = { practice: "Practice", gold: "Gold", attention: "Attention" };
const KIND_CHOICES = [
  { value: "practice", label: "Practice: in the training round, explained" },
  { value: "gold", label: "Gold: unseen among the work" },
  { value: "attention", label: "Attention: whether somebody reads" },
];
const EXPECTED = (["a", "b", "tie", "both_bad", "cannot_tell"] as const).map((value) => ({ value, label: ANSWERS[value] }));
const BLANK: ProbeInput = { kind: "practice", expected: "a", explanation: "", prompt: "", response_a: "", response_b: "", comparison: null };

function NewProbe({ desk }: { desk: Desk }) {
  const [input, setInput] = useState<ProbeInput>(BLANK);
  const add = useAddProbe(desk);
  const change = (part: Partial<ProbeInput>): void => { setInput((before) => ({ ...before, ...part })); };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    add.mutate(input, { onSuccess: () => { setInput({ ...BLANK, kind: input.kind }); notify("The pair is added."); }, onError: notifyError });
  };
  return (
    <form className="sheet" aria-label="New pair with a known answer" onSubmit={submit}>
      <h2>New pair with a known answer</h2>
      <NativeSelect label="What it is for" data={KIND_CHOICES} value={input.kind} onChange={(event) => { change({ kind: event.currentTarget.value as Probe["kind"] }); }} />
      <Textarea label="Prompt" autosize minRows={1} value={input.prompt} onChange={(event) => { change({ prompt: event.currentTarget.value }); }} />
      <Textarea label="Response A" required autosize minRows={2} value={input.response_a} onChange={(event) => { change({ response_a: event.currentTarget.value }); }} />
      <Textarea label="Response B" required autosize minRows={2} value={input.response_b} onChange={(event) => { change({ response_b: event.currentTarget.value }); }} />
      <NativeSelect label="Known answer" data={EXPECTED} value={input.expected} onChange={(event) => { change({ expected: event.currentTarget.value as ProbeInput["expected"] }); }} />
      <Textarea label="Why" description="Shown after a pair of the training round" required={input.kind === "practice"} autosize minRows={1} value={input.explanation} onChange={(event) => { change({ explanation: event.currentTarget.value }); }} />
      <Button type="submit" variant="default" loading={add.isPending}>Add the pair</Button>
    </form>
  );
}

function OneProbe({ desk, probe }: { desk: Desk; probe: Probe }) {
  const { role } = useStudy();
  const retire = useRetireProbe(desk);
  return (
    <li>
      <span className="badge">{KINDS[probe.kind]}</span> <span className="words">{probe.prompt === "" ? probe.response_a : probe.prompt}</span>{" "}
      <span className="floor">Known answer: {ANSWERS[probe.expected as keyof typeof ANSWERS]}. {probe.explanation}{probe.from_comparison !== null && ` From ${probe.from_comparison}, which is not dealt as well.`}</span>
      {may(role, "write") && <Button size="compact-sm" variant="subtle" loading={retire.isPending} onClick={() => { retire.mutate(probe.id, { onError: notifyError }); }}>Use no more</Button>}
    </li>
  );
}

/** Draws the list and the form. */
export function ProbeList({ desk }: { desk: Desk }) {
  const { role } = useStudy();
  const { data, isPending, error, refetch } = useQuery(probesQuery(desk));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return (
    <div className="annotation-part">
      {data.length === 0 && <EmptyState title="No known answers yet"><p>Pairs of which the answer is agreed on teach in a training round, and show among the work how people judge. They count in no measure.</p></EmptyState>}
      {data.length > 0 && <ul className="own-acts" aria-label="Pairs with a known answer">{data.map((probe) => <OneProbe key={probe.id} desk={desk} probe={probe} />)}</ul>}
      {may(role, "write") && <NewProbe desk={desk} />}
    </div>
  );
}
