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

/** The input as its method takes it: models that it does not need are left out, and a size that it does not have gives way to its first. */
export function inputFor(input: RunInput, recipe: Recipe | undefined): RunInput {
  const size = recipe?.sizes.some((one) => one.size === input.size) === false ? recipe.sizes[0]?.size : undefined;
  return { ...input, size: size ?? input.size, base: recipe?.needs_base ? input.base : undefined, reward: recipe?.needs_reward ? input.reward : undefined };
}

/** Labels and meanings of a method's series, in the order in which its charts stand. */
export function measuresOf(recipe: Recipe | undefined): ReadonlyMap<string, { label: string; meaning: string; place: number }> {
  return new Map((recipe?.measures ?? []).map(({ name, label, meaning }, place) => [name, { label, meaning, place }]));
}
