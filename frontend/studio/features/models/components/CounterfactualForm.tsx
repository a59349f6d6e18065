/** The form that launches one recipe on two targets. */
import { Button, NativeSelect, NumberInput, Radio, Stack, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { useStudy } from "@/studio/shell/routes";
import { type CounterfactualInput, useLaunchCounterfactual } from "../api/counterfactuals";
import { previewQuery } from "../api/recipes";
import type { DataSetRow, Recipe } from "../api/types";
import { inputFor, recipeOf } from "../hooks/recipes";
import { faultsOf, withChangedSettings } from "../hooks/settings";
import { AdjustSettings } from "./AdjustSettings";
import { LaunchPreview } from "./LaunchPreview";
import { ModelChoice } from "./ModelChoice";

interface CounterfactualFormProps {
  dataSets: readonly DataSetRow[];
  recipes: readonly Recipe[];
  preset?: { first?: string; second?: string };
}

const known = (dataSets: readonly DataSetRow[], wanted?: string): string | undefined => dataSets.find(({ id }) => id === wanted)?.id;

function useForm({ dataSets, recipes, preset }: CounterfactualFormProps) {
  const [input, setInput] = useState<CounterfactualInput>({
    data_set: known(dataSets, preset?.first) ?? dataSets[0]?.id ?? "",
    second: known(dataSets, preset?.second) ?? dataSets[1]?.id ?? "",
    method: recipes[0]?.method ?? "reward_model",
    size: "tiny",
    name: "",
    seed: 0,
    repeat: true,
  });
  const recipe = recipeOf(recipes, input.method);
  const set = (change: Partial<CounterfactualInput>): void => { setInput({ ...input, ...(change.method ? { settings: {} } : {}), ...change }); };
  return { input: { ...input, ...withChangedSettings(inputFor(input, recipe), recipe) }, recipe, set };
}

function Targets({ dataSets, input, set }: { dataSets: readonly DataSetRow[]; input: CounterfactualInput; set: (change: Partial<CounterfactualInput>) => void }) {
  const options = dataSets.map(({ id, name, train_count: pairs }) => ({ value: id, label: `${name} (${String(pairs)} pairs)` }));
  const same = input.data_set === input.second;
  return (
    <div className="fields">
      <NativeSelect label="First target" data={options} value={input.data_set} onChange={(event) => { set({ data_set: event.currentTarget.value }); }} />
      <NativeSelect label="Second target" data={options} value={input.second} error={same && "Choose another one than the first."} onChange={(event) => { set({ second: event.currentTarget.value }); }} />
    </div>
  );
}

/** Draws the fields and what will run. */
export function CounterfactualForm(props: CounterfactualFormProps) {
  const { slug } = useStudy();
  const { input, recipe, set } = useForm(props);
  const launch = useLaunchCounterfactual(slug);
  const navigate = useNavigate();
  const { second, repeat, ...single } = input;
  const { data: preview } = useQuery(previewQuery(slug, single));
  const stands = preview?.objection === "" && input.data_set !== second;
  const start = (): void => { launch.mutate(input, { onSuccess: ({ id }) => { void navigate({ to: `/studies/${slug}/models/counterfactuals/${id}` as string }); } }); };
  return (
    <form className="sheet launch-form" aria-label="New counterfactual" onSubmit={(event) => { event.preventDefault(); start(); }}>
      <Stack gap="md">
        <Targets dataSets={props.dataSets} input={input} set={set} />
        <p className="note">Both runs take the comparisons that the two data sets have in common, split alike: only the targets differ.</p>
        <NativeSelect label="Method" description={recipe && `${recipe.summary} ${recipe.reads}`} data={props.recipes.map(({ method, title }) => ({ value: method, label: title }))} value={input.method} onChange={(event) => { set({ method: recipeOf(props.recipes, event.currentTarget.value)?.method ?? input.method }); }} />
        {recipe && <ModelChoice recipe={recipe} input={single} set={set} />}
        {recipe && (
          <Radio.Group label="Size" value={input.size} onChange={(value) => { set({ size: recipe.sizes.find(({ size }) => size === value)?.size ?? "tiny" }); }}>
            <Stack gap="xs" mt="xs">{recipe.sizes.map(({ size, label, description }) => <Radio key={size} value={size} label={label} description={description} />)}</Stack>
          </Radio.Group>
        )}
        <TextInput label="Name" description="Leave empty to name both targets" maxLength={150} value={input.name} onChange={(event) => { set({ name: event.currentTarget.value }); }} />
        <NumberInput label="Seed" description="The same for both" min={0} value={input.seed} onChange={(value) => { set({ seed: Number(value) || 0 }); }} />
        <Switch label="Repeat the first under another seed" description="One more run: what parts there is chance, and no effect of the target" checked={repeat} onChange={(event) => { set({ repeat: event.currentTarget.checked }); }} />
        {recipe && <AdjustSettings recipe={recipe} input={single} faults={faultsOf(preview?.fields ?? {})} set={set} />}
        <LaunchPreview input={single} />
        {launch.error && <ErrorState error={launch.error} />}
        <div><Button type="submit" loading={launch.isPending} disabled={!stands}>Launch {repeat ? "three" : "two"} runs</Button></div>
      </Stack>
    </form>
  );
}
