/** The form that launches a run. Its methods and sizes are the server's. */
import { Button, Group, NativeSelect, NumberInput, Radio, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { useStudy } from "@/studio/shell/routes";
import { previewQuery } from "../api/recipes";
import { useLaunch } from "../api/runs";
import { faultsOf, withChangedSettings } from "../hooks/settings";
import type { DataSetRow, Recipe, RunInput } from "../api/types";
import { inputFor, recipeOf } from "../hooks/recipes";
import { AdjustSettings } from "./AdjustSettings";
import { LaunchPreview } from "./LaunchPreview";
import { ModelChoice } from "./ModelChoice";

const DRY_STEPS = 5;
const TYPING_MS = 250;

interface LaunchFormProps {
  dataSets: readonly DataSetRow[];
  recipes: readonly Recipe[];
  preset?: string;
  /** What a run was chosen to be that this one goes back to, with changes. */
  given?: Partial<RunInput>;
}

function useForm({ dataSets, recipes, preset, given }: LaunchFormProps) {
  const [input, setInput] = useState<RunInput>({
    data_set: dataSets.find(({ id }) => id === preset)?.id ?? dataSets[0]?.id ?? "",
    method: recipes[0]?.method ?? "reward_model",
    size: "tiny",
    name: "",
    seed: 0,
    ...given,
  });
  const recipe = recipeOf(recipes, input.method);
  // Settings of one method say nothing of another's, even where they have one name.
  const set = (change: Partial<RunInput>): void => { setInput({ ...input, ...(change.method ? { settings: {} } : {}), ...change }); };
  return { input: withChangedSettings(inputFor(input, recipe), recipe), recipe, set };
}

function useStart(input: RunInput) {
  const { slug } = useStudy();
  const launch = useLaunch(slug);
  const navigate = useNavigate();
  const [settled] = useDebouncedValue(input, TYPING_MS);
  const { data: preview } = useQuery(previewQuery(slug, settled));
  const start = (more: { dry_run?: number; elsewhere?: boolean } = {}): void => {
    const sent = { ...input, ...more };
    launch.mutate(sent, { onSuccess: ({ id }) => { void navigate({ to: `/studies/${slug}/models/runs/${id}` as string }); } });
  };
  return { launch, start, settled, stands: preview?.objection === "", faults: faultsOf(preview?.fields ?? {}) };
}

interface FieldsProps {
  recipe: Recipe;
  input: RunInput;
  set: (change: Partial<RunInput>) => void;
}

function Sizes({ recipe, input, set }: FieldsProps) {
  return (
    <Radio.Group label="Size" value={input.size} onChange={(value) => { set({ size: recipe.sizes.find(({ size }) => size === value)?.size ?? "tiny" }); }}>
      <Stack gap="xs" mt="xs">{recipe.sizes.map(({ size, label, description }) => <Radio key={size} value={size} label={label} description={description} />)}</Stack>
    </Radio.Group>
  );
}

/** Draws the fields and what will run. */
export function LaunchForm(props: LaunchFormProps) {
  const { input, recipe, set } = useForm(props);
  const { launch, start, settled, stands, faults } = useStart(input);
  return (
    <form className="sheet launch-form" aria-label="New run" onSubmit={(event) => { event.preventDefault(); start(); }}>
      <Stack gap="md">
        <NativeSelect label="Data set" data={props.dataSets.map(({ id, name, train_count }) => ({ value: id, label: `${name} (${train_count} pairs)` }))} value={input.data_set} onChange={(event) => { set({ data_set: event.currentTarget.value }); }} />
        <NativeSelect label="Method" description={recipe && `${recipe.summary} ${recipe.reads}`} data={props.recipes.map(({ method, title }) => ({ value: method, label: title }))} value={input.method} onChange={(event) => { set({ method: recipeOf(props.recipes, event.currentTarget.value)?.method ?? input.method }); }} />
        {recipe && <ModelChoice recipe={recipe} input={input} set={set} />}
        {recipe && <Sizes recipe={recipe} input={input} set={set} />}
        <TextInput label="Name" description="Leave empty for a numbered name" maxLength={150} value={input.name} onChange={(event) => { set({ name: event.currentTarget.value }); }} />
        <NumberInput label="Seed" min={0} value={input.seed} onChange={(value) => { set({ seed: Number(value) || 0 }); }} />
        <NumberInput label="Pairs at most" description="Leave empty for what the size takes" min={2} value={input.limit ?? ""} onChange={(value) => { set({ limit: value === "" ? undefined : Number(value) }); }} />
        {recipe && <AdjustSettings recipe={recipe} input={input} faults={faults} set={set} />}
        <LaunchPreview input={settled} />
        {launch.error && <ErrorState error={launch.error} />}
        <Group gap="sm">
          <Button type="submit" loading={launch.isPending} disabled={!stands}>Launch run</Button>
          <Button variant="default" disabled={!stands || launch.isPending} onClick={() => { start({ dry_run: DRY_STEPS }); }}>Dry run of {DRY_STEPS} steps</Button>
          <Button variant="default" disabled={!stands || launch.isPending} onClick={() => { start({ elsewhere: true }); }}>Train elsewhere</Button>
        </Group>
      </Stack>
    </form>
  );
}
