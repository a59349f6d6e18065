/** A button that asks for something first: why, a name, or which other context. */
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";

const LONGEST = { reason: 300, name: 120 } as const;

/** What was given. */
export interface Given {
  reason: string;
  name: string;
  other: string;
}

interface AskingProps {
  label: string;
  /** What a screen reader hears where many buttons have one label. */
  about: string;
  send: string;
  /** The other contexts to choose from, where one is needed. */
  others?: readonly { value: string; label: string }[];
  /** What the choice among them is called. */
  choice?: string;
  /** The name to begin with, where a name is asked for. */
  name?: string;
  /** Whether a reason is needed, welcome or not asked for. */
  reason: "needed" | "welcome" | "none";
  error?: Error | null;
  busy: boolean;
  primary?: boolean;
  onSend: (given: Given, done: () => void) => void;
}

function lackOf({ reason, others, name }: AskingProps, given: Given): string {
  if (others !== undefined && given.other === "") return "Choose a context first.";
  if (name !== undefined && given.name.trim() === "") return "Give a name first.";
  return reason === "needed" && given.reason.trim() === "" ? "Say why first." : "";
}

function Form(props: AskingProps & { onClose: () => void }) {
  const { about, send, others, choice = "Which context", name, reason, error, busy, onSend, onClose } = props;
  const [given, setGiven] = useState<Given>({ reason: "", name: name ?? "", other: others?.length === 1 ? (others[0]?.value ?? "") : "" });
  const lack = lackOf(props, given);
  const set = (part: Partial<Given>): void => { setGiven({ ...given, ...part }); };
  return (
    <form className="retiring" aria-label={about} onSubmit={(event) => { event.preventDefault(); if (lack === "") onSend(given, onClose); }} onKeyDown={(event) => { if (event.key === "Escape") onClose(); }}>
      {name !== undefined && <TextInput label="Name of the context" autoFocus maxLength={LONGEST.name} value={given.name} onChange={(event) => { set({ name: event.currentTarget.value }); }} />}
      {others !== undefined && <NativeSelect label={choice} autoFocus={name === undefined} data={[{ value: "", label: "Choose a context" }, ...others]} value={given.other} onChange={(event) => { set({ other: event.currentTarget.value }); }} />}
      {reason !== "none" && <TextInput label={reason === "needed" ? "Why" : "Why, if you like"} autoFocus={name === undefined && others === undefined} maxLength={LONGEST.reason} value={given.reason} onChange={(event) => { set({ reason: event.currentTarget.value }); }} />}
      <Group gap="xs">
        <Button type="submit" size="compact-md" loading={busy} disabled={lack !== ""}>{send}</Button>
        <Button variant="default" size="compact-md" onClick={onClose}>Leave it</Button>
        {lack !== "" && <span className="note">{lack}</span>}
      </Group>
      {error && <ErrorState error={error} />}
    </form>
  );
}

/** Draws the button, and the form in its place once pressed. */
export function Asking(props: AskingProps) {
  const [opened, setOpened] = useState(false);
  if (!opened) return <Button variant={props.primary ? "filled" : "default"} size="compact-md" aria-label={props.about} onClick={() => { setOpened(true); }}>{props.label}</Button>;
  return <Form {...props} onClose={() => { setOpened(false); }} />;
}
