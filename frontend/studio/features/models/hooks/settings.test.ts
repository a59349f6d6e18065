/** Settings as people type and read them. */
import { expect, it } from "vitest";
import type { Recipe, Setting } from "../api/types";
import { boundsText, changedIn, changedText, differencesOf, faultsOf, repeatAddress, settingsFrom, valueOf, withChangedSettings } from "./settings";

const rate: Setting = { name: "learning_rate", label: "Learning rate", description: "How far.", kind: "number", matters: true, least: null, most: 1, above: 0, below: null, choices: [] };

it("reads numbers and leaves to the server what is none", () => {
  expect([valueOf("number", "5e-7"), valueOf("whole", "12"), valueOf("number", "5e-"), valueOf("whole", ""), valueOf("text", "12")]).toEqual([5e-7, 12, "5e-", "", "12"]);
});

it("counts as changed what differs from the preset and belongs to the method", () => {
  const preset = { learning_rate: 5e-6, checkpointing: false };
  expect(changedIn({ learning_rate: 5e-6, checkpointing: true, colour: "red" }, preset)).toEqual({ checkpointing: true });
});

it("says bounds that are reached and bounds that are not", () => {
  expect(boundsText(rate)).toBe("Above 0 to 1.");
  expect(boundsText({ ...rate, above: null, least: 0, most: null, below: 1 })).toBe("From 0 below 1.");
  expect(boundsText({ ...rate, above: null, most: null })).toBe("");
});

it("tells changes beside their preset", () => {
  expect(changedText([{ name: "learning_rate", label: "Learning rate", value: 1e-7, preset: 5e-7 }, { name: "limit", label: "Pairs at most", value: null, preset: 100 }]))
    .toBe("Learning rate 1e-7 (preset 5e-7), Pairs at most not set (preset 100)");
});

it("brings the server's messages to their settings", () => {
  expect([...faultsOf({ "settings.beta": ["Must be more than 0."], base: ["Choose one."] })]).toEqual([["beta", "Must be more than 0."]]);
});

it("carries settings through an address", () => {
  const address = repeatAddress("tea", "r-1", { learning_rate: 1.7e-7, head_learning_rate: 0.0003 });
  expect(address).toBe("/studies/tea/models/runs/new?clone=r-1&set=learning_rate:1.7e-7,head_learning_rate:3e-4");
  expect(settingsFrom({ set: new URLSearchParams(address.split("?")[1]).get("set") })).toEqual({ learning_rate: 1.7e-7, head_learning_rate: 0.0003 });
});

it("names what runs differ in, and nothing else", () => {
  const run = { method: "dpo", size: "tiny", data_set_name: "Advice", config: { method: "dpo", learning_rate: 5e-6, beta: 0.1, limit: null } };
  const other = { ...run, size: "small", config: { ...run.config, learning_rate: 1e-6 } };
  expect(differencesOf([run, other], new Map([["learning_rate", "Learning rate"]]))).toEqual([
    { name: "size", label: "Size", values: ["tiny", "small"] },
    { name: "learning_rate", label: "Learning rate", values: ["5e-6", "1e-6"] },
  ]);
});

it("sends no setting that the chosen size has anyway", () => {
  const recipe = { method: "dpo", sizes: [{ size: "tiny", label: "", description: "", preset: { beta: 0.1, epochs: 1 } }] } as unknown as Recipe;
  const input = { data_set: "d", method: "dpo", size: "tiny", name: "", seed: 0, settings: { beta: 0.1, epochs: 3 } } as const;
  expect(withChangedSettings(input, recipe).settings).toEqual({ epochs: 3 });
});
