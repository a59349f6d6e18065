/** Methods in words, and which models a method can start from. Pure. */
import type { CheckpointRow, LanguageModel, Recipe, RunInput, RunRow } from "../api/types";

/** One choice of a list. */
export interface Option {
  value: string;
  label: string;
}

/** The recipe of a method. */
export function recipeOf(recipes: readonly Recipe[], method: string | undefined): Recipe | undefined {
  return recipes.find((recipe) => recipe.method === method);
}

/** Language models that can be trained: those in a folder of this machine that were found usable. */
export function basesOf(rows: readonly LanguageModel[]): Option[] {
  return rows.filter(({ source, state }) => source !== "endpoint" && state === "usable").map(({ id, name }) => ({ value: id, label: name }));
}

/** Checkpoints that can give rewards: those of runs that trained a reward model. */
export function rewardsOf(checkpoints: readonly CheckpointRow[], runs: readonly RunRow[]): Option[] {
  const rewarding = new Set(runs.filter(({ method }) => method === "reward_model" || method === "reward_lm").map(({ id }) => id));
  return checkpoints.filter(({ run }) => rewarding.has(run)).map(({ id, run_name, step }) => ({ value: id, label: `${run_name}, step ${step}` }));
}

/** The input with what its method does not need taken off: another method may have needed it. */
export function inputFor(input: RunInput, recipe: Recipe | undefined): RunInput {
  return { ...input, base: recipe?.needs_base ? input.base : undefined, reward: recipe?.needs_reward ? input.reward : undefined };
}

/** Labels and meanings of a method's series, in the order in which its charts stand. */
export function measuresOf(recipe: Recipe | undefined): ReadonlyMap<string, { label: string; meaning: string; place: number }> {
  return new Map((recipe?.measures ?? []).map(({ name, label, meaning }, place) => [name, { label, meaning, place }]));
}
