/** The form that launches a run. */
import { Button, NativeSelect, NumberInput, Radio, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { useStudy } from "@/studio/shell/routes";
import { useLaunch } from "../api/runs";
import type { DataSetRow, RunInput } from "../api/types";
import { commandFor, SIZES } from "../hooks/sizes";

interface LaunchFormProps {
  dataSets: readonly DataSetRow[];
  preset?: string;
}

function useForm({ dataSets, preset }: LaunchFormProps) {
  const [input, setInput] = useState<RunInput>({
    data_set: dataSets.find(({ id }) => id === preset)?.id ?? dataSets[0]?.id ?? "",
    method: "reward_model",
    size: "tiny",
    name: "",
    seed: 0,
  });
  return { input, set: (change: Partial<RunInput>) => { setInput({ ...input, ...change }); } };
}

/** Draws the fields and what will run. */
export function LaunchForm(props: LaunchFormProps) {
  const { slug } = useStudy();
  const { input, set } = useForm(props);
  const launch = useLaunch(slug);
  const navigate = useNavigate();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    launch.mutate(input, { onSuccess: ({ id }) => { void navigate({ to: `/studies/${slug}/models/runs/${id}` as string }); } });
  };
  return (
    <form className="sheet launch-form" aria-label="New run" onSubmit={submit}>
      <Stack gap="md">
        <NativeSelect label="Data set" data={props.dataSets.map(({ id, name, train_count }) => ({ value: id, label: `${name} (${train_count} pairs)` }))} value={input.data_set} onChange={(event) => { set({ data_set: event.currentTarget.value }); }} />
        <NativeSelect label="Method" data={[{ value: "reward_model", label: "Reward model, Bradley-Terry loss with soft targets" }]} value={input.method} onChange={() => { set({ method: "reward_model" }); }} />
        <Radio.Group label="Size" value={input.size} onChange={(value) => { set({ size: SIZES.find((size) => size.value === value)?.value ?? "tiny" }); }}>
          <Stack gap="xs" mt="xs">{SIZES.map(({ value, label, description }) => <Radio key={value} value={value} label={label} description={description} />)}</Stack>
        </Radio.Group>
        <TextInput label="Name" description="Leave empty for a numbered name" maxLength={150} value={input.name} onChange={(event) => { set({ name: event.currentTarget.value }); }} />
        <NumberInput label="Seed" min={0} value={input.seed} onChange={(value) => { set({ seed: Number(value) || 0 }); }} />
        <NumberInput label="Pairs at most" description="Leave empty for all" min={2} value={input.limit ?? ""} onChange={(value) => { set({ limit: value === "" ? undefined : Number(value) }); }} />
        <div>
          <p className="note">What is sent; the run’s page shows the whole configuration and the command.</p>
          <pre className="run-log" aria-label="What will run" tabIndex={0}>{commandFor(slug, input)}</pre>
        </div>
        {launch.error && <ErrorState error={launch.error} />}
        <Button type="submit" loading={launch.isPending} disabled={input.data_set === ""}>Launch run</Button>
      </Stack>
    </form>
  );
}
