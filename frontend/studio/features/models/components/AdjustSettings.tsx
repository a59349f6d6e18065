/** The whole configuration of a method under a quiet heading: what people change most first, the rest below. */
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Recipe, RunInput, SettingValue } from "../api/types";
import { presetOf, type Settings } from "../hooks/settings";
import { SettingField } from "./SettingField";

interface AdjustSettingsProps {
  recipe: Recipe;
  /** Its settings are those that differ from the preset. */
  input: RunInput;
  faults: ReadonlyMap<string, string>;
  set: (change: Partial<RunInput>) => void;
}

/** Opens where it must, and stays as a person leaves it. */
function Fold({ summary, must, className, children }: { summary: string; must: boolean; className?: string; children: ReactNode }) {
  const [opened, setOpened] = useState(must);
  return (
    <details className={className} open={opened || must} onToggle={(event) => { setOpened(event.currentTarget.open); }}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

function countText(changed: number): string {
  if (changed === 0) return "";
  return changed === 1 ? " (one changed)" : ` (${changed} changed)`;
}

/** Draws the fields of the server's list, each beside its preset. */
export function AdjustSettings({ recipe, input, faults, set }: AdjustSettingsProps) {
  const given: Settings = input.settings ?? {};
  const preset = presetOf(recipe, input.size);
  const changed = Object.keys(given);
  const [starts] = useState(changed.length > 0);
  const label = recipe.sizes.find(({ size }) => size === input.size)?.label ?? input.size;
  const rest = recipe.settings.filter(({ matters }) => !matters);
  const draw = (matters: boolean) => recipe.settings.filter((setting) => setting.matters === matters).map((setting) => {
    const { name } = setting;
    const own: SettingValue = preset[name] ?? "";
    const change = (value: SettingValue): void => { set({ settings: { ...given, [name]: value } }); };
    return <SettingField key={`${recipe.method} ${name}`} setting={setting} value={given[name] ?? own} preset={own} fault={faults.get(name)} set={change} />;
  });
  return (
    <Fold className="settings" summary={`Adjust settings${countText(changed.length)}`} must={faults.size > 0 || starts}>
      <p className="note">What you leave alone is as the size “{label}” has it.</p>
      <div className="fields">{draw(true)}</div>
      <Fold summary="More settings" must={rest.some(({ name }) => faults.has(name) || (starts && name in given))}>
        <div className="fields">{draw(false)}</div>
      </Fold>
      {changed.length > 0 && <p><Button variant="subtle" size="compact-sm" onClick={() => { set({ settings: {} }); }}>All settings back to the preset</Button></p>}
    </Fold>
  );
}
