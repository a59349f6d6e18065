/** One setting of a configuration: what it is now, what is wrong with it, and the way back to its preset. */
import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Setting, SettingValue } from "../api/types";
import { boundsText, valueOf, valueText } from "../hooks/settings";

interface SettingFieldProps {
  setting: Setting;
  value: SettingValue;
  preset: SettingValue;
  fault?: string;
  set: (value: SettingValue) => void;
}

/** Keeps what is typed as it is typed: 1e-6 is not to become 0.000001 under one's hands. */
function Typed({ setting, value, fault, set }: SettingFieldProps) {
  const [typed, setTyped] = useState(valueText(value));
  const isNumber = setting.kind !== "text";
  return (
    <TextInput
      label={setting.label}
      description={`${setting.description} ${boundsText(setting)}`.trim()}
      inputMode={isNumber ? "decimal" : "text"}
      autoComplete="off"
      error={fault}
      value={valueOf(setting.kind, typed) === value ? typed : valueText(value)}
      onChange={(event) => { setTyped(event.currentTarget.value); set(valueOf(setting.kind, event.currentTarget.value)); }}
    />
  );
}

function Control(props: SettingFieldProps) {
  const { setting: { kind, label, description, choices }, value, fault, set } = props;
  if (kind === "switch") return <Switch label={label} description={description} error={fault} checked={value === true} onChange={(event) => { set(event.currentTarget.checked); }} />;
  if (kind === "choice") return <NativeSelect label={label} description={description} error={fault} data={[...choices]} value={String(value)} onChange={(event) => { set(event.currentTarget.value); }} />;
  return <Typed {...props} />;
}

/** Draws the field; beside a changed one stands what its preset is. */
export function SettingField(props: SettingFieldProps) {
  const { setting, value, preset, set } = props;
  const isChanged = value !== preset;
  return (
    <div className={isChanged ? "setting is-changed" : "setting"}>
      <Control {...props} />
      {isChanged && (
        <p className="setting-preset">
          Changed; preset {valueText(preset)}.{" "}
          <Button variant="subtle" size="compact-sm" aria-label={`Back to the preset: ${setting.label}`} onClick={() => { set(preset); }}>Back to the preset</Button>
        </p>
      )}
    </div>
  );
}
