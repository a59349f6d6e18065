/** A pair with a known answer: in words of one's own, or taken from a comparison. */
import { Button, NativeSelect, Stack, Textarea } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { ANSWERS } from "@/studio/lib/answers";
import { notify, notifyError } from "@/studio/lib/notices";
import { useAddProbe } from "../api/batches";
import type { Desk } from "../api/next";
import type { Probe, ProbeInput } from "../api/types";

const KINDS = [
  { value: "practice", label: "Practice: in the training round, explained" },
  { value: "gold", label: "Gold: unseen among the work" },
  { value: "attention", label: "Attention: whether somebody reads" },
];
const EXPECTED = (["a", "b", "tie", "both_bad", "cannot_tell"] as const).map((value) => ({ value, label: ANSWERS[value] }));
const BLANK: ProbeInput = { kind: "practice", expected: "a", explanation: "", prompt: "", response_a: "", response_b: "", comparison: null };

/** Draws the form; of a comparison the words are there already. */
export function ProbeForm({ desk, comparison = null }: { desk: Desk; comparison?: string | null }) {
  const blank: ProbeInput = { ...BLANK, kind: comparison === null ? "practice" : "gold", comparison };
  const [input, setInput] = useState(blank);
  const add = useAddProbe(desk);
  const change = (part: Partial<ProbeInput>): void => { setInput((before) => ({ ...before, ...part })); };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    add.mutate(input, { onSuccess: () => { setInput({ ...blank, kind: input.kind }); notify("The pair has a known answer; batches that begin from now on use it."); }, onError: notifyError });
  };
  return (
    <form aria-label="Known answer" onSubmit={submit}>
      <Stack gap="sm" align="stretch">
        <NativeSelect label="What it is for" data={KINDS} value={input.kind} onChange={(event) => { change({ kind: event.currentTarget.value as Probe["kind"] }); }} />
        {comparison === null && (
          <>
            <Textarea label="Prompt" autosize minRows={1} value={input.prompt} onChange={(event) => { change({ prompt: event.currentTarget.value }); }} />
            <Textarea label="Response A" required autosize minRows={2} value={input.response_a} onChange={(event) => { change({ response_a: event.currentTarget.value }); }} />
            <Textarea label="Response B" required autosize minRows={2} value={input.response_b} onChange={(event) => { change({ response_b: event.currentTarget.value }); }} />
          </>
        )}
        <NativeSelect label="Known answer" data={EXPECTED} value={input.expected} onChange={(event) => { change({ expected: event.currentTarget.value as ProbeInput["expected"] }); }} />
        <Textarea label="Why" description="Shown after a pair of the training round" required={input.kind === "practice"} autosize minRows={1} value={input.explanation} onChange={(event) => { change({ explanation: event.currentTarget.value }); }} />
        <Button type="submit" variant="default" loading={add.isPending}>Add the pair</Button>
      </Stack>
    </form>
  );
}
