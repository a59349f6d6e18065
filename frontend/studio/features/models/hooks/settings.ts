/** The settings of a configuration: what a person types, what differs from a preset, and what runs differ in. Pure. */
import { namesFrom, type Search } from "@/studio/lib/address";
import type { Change, Recipe, Run, RunInput, Setting, SettingValue } from "../api/types";

/** Settings that are not to be as the preset has them, by name. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** What was typed, as a value: a number where it is one, otherwise the text, about which the server says what is wrong. */
export function valueOf(kind: Setting["kind"], typed: string): SettingValue {
  const number = Number(typed);
  return (kind === "whole" || kind === "number") && typed.trim() !== "" && Number.isFinite(number) ? number : typed;
}

/** A value as one reads it; a small number without its row of noughts. */
export function valueText(value: SettingValue | null | undefined): string {
  if (value === null || value === undefined) return "not set";
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "number" && value > 0 && value < 0.001 ? value.toExponential() : String(value);
}

/** What each setting is in a size of a method. */
export function presetOf(recipe: Recipe, size: string): Settings {
  return recipe.sizes.find((one) => one.size === size)?.preset ?? {};
}

/** The settings that differ from the preset; those of other methods are left out. */
export function changedIn(settings: Settings, preset: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => name in preset && preset[name] !== value));
}

/** The messages at settings: the server names each `settings.NAME`. */
export function faultsOf(fields: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  const told = Object.entries(fields).filter(([name]) => name.startsWith("settings."));
  return new Map(told.map(([name, texts]) => [name.slice("settings.".length), texts.join(" ")]));
}

/** The bounds of a setting in words, an empty text where it has none. */
export function boundsText({ least, most, above, below }: Setting): string {
  const from = above === null ? (least === null ? "" : `from ${least}`) : `above ${above}`;
  const to = below === null ? (most === null ? "" : `to ${most}`) : `below ${below}`;
  const text = [from, to].filter(Boolean).join(" ");
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** How a run differs from its preset, in a sentence. */
export function changedText(changed: readonly Change[]): string {
  return changed.map(({ label, value, preset }) => `${label} ${valueText(value)} (preset ${valueText(preset)})`).join(", ");
}

/** Settings from the address, such as `learning_rate:1.7e-7`; several are parted by commas. */
export function settingsFrom(search: Search): Settings {
  const pairs = namesFrom(search, "set").map((part) => part.split(":"));
  return Object.fromEntries(pairs.flatMap(([name, value]) => (name && value !== undefined ? [[name, valueOf("number", value)]] : [])));
}

/** The address of a launch form that repeats a run with changes. */
export function repeatAddress(slug: string, run: string, settings: Settings = {}): string {
  const changes = Object.entries(settings).map(([name, value]) => `${name}:${valueText(value)}`).join(",");
  return `/studies/${slug}/models/runs/new?clone=${run}${changes === "" ? "" : `&set=${changes}`}`;
}

/** A setting in which runs differ, with the value of each. */
export interface Difference {
  name: string;
  label: string;
  values: readonly string[];
}

type Configured = Pick<Run, "config" | "method" | "size" | "data_set_name">;

const wordOf = (value: unknown): string => (value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : valueText(value as SettingValue));

/** What runs differ in: data set and method first, then every setting. */
export function differencesOf(runs: readonly Configured[], labels: ReadonlyMap<string, string>): Difference[] {
  const keys = [...new Set(runs.flatMap(({ config }) => Object.keys(config)))].filter((key) => key !== "method");
  const rows: Difference[] = [
    { name: "data_set", label: "Data set", values: runs.map((run) => run.data_set_name) },
    { name: "method", label: "Method", values: runs.map((run) => run.method) },
    { name: "size", label: "Size", values: runs.map((run) => run.size || "–") },
    ...keys.map((name) => ({ name, label: labels.get(name) ?? name.replaceAll("_", " "), values: runs.map(({ config }) => wordOf(config[name])) })),
  ];
  return rows.filter(({ values }) => new Set(values).size > 1);
}

/** Labels of all settings of all methods, by name. */
export function labelsOf(recipes: readonly Recipe[]): ReadonlyMap<string, string> {
  return new Map(recipes.flatMap(({ settings }) => settings.map(({ name, label }) => [name, label] as const)));
}

/** The input as it is sent: settings that are as the preset has them are left out. */
export function withChangedSettings(input: RunInput, recipe: Recipe | undefined): RunInput {
  return recipe ? { ...input, settings: changedIn(input.settings ?? {}, presetOf(recipe, input.size)) } : input;
}
