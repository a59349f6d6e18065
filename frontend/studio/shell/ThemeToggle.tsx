/** Light, dark, or as the system says. */
import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { Icon, type IconName } from "@/studio/components/Icon";
import { applyThemeChoice, readThemeChoice, type ThemeChoice } from "@/studio/lib/theme-choice";

const CHOICES: readonly { value: ThemeChoice; icon: IconName; label: string }[] = [
  { value: "light", icon: "sun", label: "Light" },
  { value: "system", icon: "system", label: "As the system" },
  { value: "dark", icon: "moon", label: "Dark" },
];

/** Three small buttons. */
export function ThemeToggle() {
  const [choice, setChoice] = useState(readThemeChoice);
  const { setColorScheme } = useMantineColorScheme();
  const choose = (value: string): void => {
    const next = CHOICES.find((item) => item.value === value)?.value ?? "system";
    setChoice(next);
    applyThemeChoice(next);
    setColorScheme(next === "system" ? "auto" : next);
  };
  return (
    <SegmentedControl
      aria-label="Light or dark"
      size="xs"
      fullWidth
      value={choice}
      onChange={choose}
      data={CHOICES.map(({ value, icon, label }) => ({
        value,
        label: <><Icon name={icon} size={16} /><span className="visually-hidden">{label}</span></>,
      }))}
    />
  );
}
