/** The models that a method starts from: a language model, a reward model; or what to do where there is none. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { checkpointsQuery } from "../api/checkpoints";
import { languageModelsQuery } from "../api/language-models";
import { runsQuery } from "../api/runs";
import type { Recipe, RunInput } from "../api/types";
import { basesOf, type Option, rewardsOf } from "../hooks/recipes";

interface ModelChoiceProps {
  recipe: Recipe;
  input: RunInput;
  set: (change: Partial<RunInput>) => void;
}

interface PickProps {
  label: string;
  options: readonly Option[] | undefined;
  missing: string;
  value: string | null | undefined;
  onPick: (value: string | undefined) => void;
}

function Pick({ label, options, missing, value, onPick }: PickProps) {
  if (options?.length === 0) return <p className="badge-line is-warning">{missing}</p>;
  return (
    <NativeSelect
      label={label}
      data={[{ value: "", label: options ? "Choose one" : "Loading" }, ...(options ?? [])]}
      value={value ?? ""}
      onChange={(event) => { onPick(event.currentTarget.value || undefined); }}
    />
  );
}

/** Draws the choices that the method needs. */
export function ModelChoice({ recipe, input, set }: ModelChoiceProps) {
  const { slug } = useStudy();
  const { data: bases } = useQuery({ ...languageModelsQuery(slug), enabled: recipe.needs_base });
  const { data: checkpoints } = useQuery({ ...checkpointsQuery(slug), enabled: recipe.needs_reward });
  const { data: runs } = useQuery({ ...runsQuery(slug), enabled: recipe.needs_reward });
  return (
    <>
      {recipe.needs_base && (
        <Pick label="Language model to start from" options={bases && basesOf(bases)} value={input.base} onPick={(base) => { set({ base }); }}
          missing="This study has no language model in a folder that could be trained. Register one first; a model behind a server cannot be trained here." />
      )}
      {recipe.needs_reward && (
        <Pick label="Reward model to learn from" options={checkpoints && runs && rewardsOf(checkpoints, runs)} value={input.reward} onPick={(reward) => { set({ reward }); }}
          missing="This study has no reward model yet. Launch one first; this method learns from its rewards." />
      )}
    </>
  );
}
