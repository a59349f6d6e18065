/** What can be chosen for a method. */
import { expect, it } from "vitest";
import type { CheckpointRow, LanguageModel, Recipe, RunInput, RunRow } from "../api/types";
import { basesOf, inputFor, measuresOf, rewardsOf } from "./recipes";

const recipe = { method: "grpo", needs_base: true, needs_reward: true, sizes: [{ size: "tiny", label: "A look", description: "" }], measures: [{ name: "reward", label: "Reward", meaning: "Mean." }, { name: "loss", label: "Loss", meaning: "Least." }] } as Recipe;

it("offers language models that lie here and were found usable", () => {
  const rows = [
    { id: "a", name: "Here", source: "folder", state: "usable" },
    { id: "b", name: "Behind a server", source: "endpoint", state: "usable" },
    { id: "c", name: "Broken", source: "folder", state: "refused" },
  ] as LanguageModel[];
  expect(basesOf(rows)).toEqual([{ value: "a", label: "Here" }]);
});

it("offers checkpoints of reward models alone", () => {
  const runs = [{ id: "1", method: "reward_lm" }, { id: "2", method: "dpo" }] as RunRow[];
  const checkpoints = [{ id: "x", run: "1", run_name: "Run 1", step: 40 }, { id: "y", run: "2", run_name: "Run 2", step: 9 }] as CheckpointRow[];
  expect(rewardsOf(checkpoints, runs)).toEqual([{ value: "x", label: "Run 1, step 40" }]);
});

it("sends no model that the method does not need", () => {
  const input: RunInput = { data_set: "d", method: "grpo", size: "tiny", name: "", seed: 0, base: "b", reward: "r" };
  expect(inputFor(input, recipe)).toEqual(input);
  expect(inputFor(input, { ...recipe, needs_base: false, needs_reward: false })).toEqual({ ...input, base: undefined, reward: undefined });
});

it("gives up a size that the method does not have", () => {
  const input: RunInput = { data_set: "d", method: "grpo", size: "instant", name: "", seed: 0 };
  expect(inputFor(input, recipe).size).toBe("tiny");
});

it("keeps the order of a method's measures", () => {
  expect([...measuresOf(recipe)].map(([name, { place }]) => [name, place])).toEqual([["reward", 0], ["loss", 1]]);
});
