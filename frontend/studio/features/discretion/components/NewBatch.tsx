/** The form that deals out a new batch or a training round. */
import { Button, Checkbox, Fieldset, NativeSelect, NumberInput, SegmentedControl, Slider, Stack, Text, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { ApiError } from "@/lib/request";
import { notify } from "@/studio/lib/notices";
import { useBeginBatch } from "../api/batches";
import type { Desk } from "../api/next";
import type { Batch, BatchInput, Batches } from "../api/types";

const BLANK: BatchInput = { title: "", kind: "work", strategy: "random", overlap: 2, size: 0, people: [], probes: 0, threshold: 0.8, training: null };

interface FieldsProps {
  input: BatchInput;
  change: (part: Partial<BatchInput>) => void;
  rounds: readonly Batch[];
  faults: Readonly<Record<string, string[]>>;
}

function asNumber(value: string | number, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

function WorkFields({ input, change, rounds, faults }: FieldsProps) {
  return (
    <>
      <NativeSelect
        label="Which pairs, and in which order"
        description="As things stand when the batch begins"
        data={[{ value: "random", label: "At random" }, { value: "fewest", label: "The least judged first" }, { value: "disputed", label: "The most disputed first" }]}
        value={input.strategy}
        onChange={(event) => { change({ strategy: event.currentTarget.value as Batch["strategy"] }); }}
      />
      <div className="batch-numbers">
        <NumberInput label="Judgements of each pair" min={1} max={100} value={input.overlap} onChange={(value) => { change({ overlap: asNumber(value, 1) }); }} error={faults.overlap?.join(" ")} />
        <NumberInput label="Pairs" description="0: all" min={0} value={input.size} onChange={(value) => { change({ size: asNumber(value, 0) }); }} />
        <NumberInput label="Known answers in each pile" min={0} max={200} value={input.probes} onChange={(value) => { change({ probes: asNumber(value, 0) }); }} />
      </div>
      {rounds.length > 0 && (
        <NativeSelect
          label="Training round to pass first"
          data={[{ value: "", label: "None" }, ...rounds.map(({ id, title }) => ({ value: String(id), label: title }))]}
          value={input.training === null || input.training === undefined ? "" : String(input.training)}
          onChange={(event) => { change({ training: event.currentTarget.value === "" ? null : Number(event.currentTarget.value) }); }}
        />
      )}
    </>
  );
}

function People({ people, input, change, faults }: FieldsProps & { people: Batches["people"] }) {
  return (
    <Fieldset legend="People">
      <Checkbox.Group value={input.people.map(String)} onChange={(chosen) => { change({ people: chosen.map(Number) }); }} error={faults.people?.join(" ")}>
        <Stack gap="xs">{people.map(({ id, name }) => <Checkbox key={id} value={String(id)} label={name} />)}</Stack>
      </Checkbox.Group>
    </Fieldset>
  );
}

/** Draws it; what is dealt cannot be changed afterwards, only ended or handed over. */
export function NewBatch({ desk, found }: { desk: Desk; found: Batches }) {
  const [input, setInput] = useState<BatchInput>(BLANK);
  const begin = useBeginBatch(desk);
  const change = (part: Partial<BatchInput>): void => { setInput((before) => ({ ...before, ...part })); };
  const { error } = begin;
  const faults = error instanceof ApiError ? error.fields : {};
  const fields = { input, change, faults, rounds: found.batches.filter(({ kind, closed_at }) => kind === "training" && closed_at === null) };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    begin.mutate({ ...input, overlap: input.kind === "training" ? 1 : input.overlap }, { onSuccess: () => { setInput(BLANK); notify("Dealt out. Each person finds their pile under Annotate."); } });
  };
  return (
    <form className="sheet batch-form" aria-label="New batch" onSubmit={submit}>
      <h2>New batch</h2>
      <SegmentedControl aria-label="Kind" data={[{ value: "work", label: "Work that counts" }, { value: "training", label: "Training round" }]} value={input.kind} onChange={(kind) => { change({ kind: kind as Batch["kind"] }); }} />
      <TextInput label="Title" required maxLength={200} value={input.title} onChange={(event) => { change({ title: event.currentTarget.value }); }} error={faults.title?.join(" ")} />
      {input.kind === "work" ? <WorkFields {...fields} /> : <p>All pairs of the kind practice, each answer explained. {faults.kind && <strong>{faults.kind.join(" ")}</strong>}</p>}
      <div>
        <Text size="sm" id="threshold-label">{input.kind === "training" ? "Passed with" : "Marked below"} {Math.round((input.threshold ?? 0) * 100)} % of known answers right. Nobody is left out because of it.</Text>
        <Slider thumbProps={{ "aria-labelledby": "threshold-label" }} min={0} max={1} step={0.05} label={null} value={input.threshold} onChange={(threshold) => { change({ threshold }); }} />
      </div>
      <People {...fields} people={found.people} />
      {error && Object.keys(faults).length === 0 && <p role="alert">{error.message}</p>}
      <Button type="submit" loading={begin.isPending} disabled={input.title.trim() === "" || input.people.length === 0}>Deal it out</Button>
    </form>
  );
}
