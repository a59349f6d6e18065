/** The way out of use and back: retiring asks for a reason, bringing back does not. */
import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { notify, notifyError } from "@/studio/lib/notices";
import { type Thing, useTransitions } from "../api/transitions";
import type { Retired } from "../api/types";

const LONGEST = 300;

interface RetiringProps {
  slug: string;
  thing: Thing;
  /** What it is called on the buttons: "this pair", "this story". */
  name: string;
  retired: Retired | null;
  writes: boolean;
}

function Out({ slug, thing, name, retired, writes }: RetiringProps & { retired: Retired }) {
  const { bringBack } = useTransitions(slug);
  const press = (): void => { bringBack.mutate(thing, { onSuccess: () => { notify(`People are asked about ${name} again.`); }, onError: notifyError }); };
  return (
    <p className="retired">
      <strong>Retired</strong> by {retired.by}, {new Date(retired.at).toLocaleDateString()}: <q dir="auto">{retired.reason}</q>{" "}
      {writes && <Button variant="default" size="compact-sm" loading={bringBack.isPending} onClick={press}>Bring {name} back</Button>}
    </p>
  );
}

function In({ slug, thing, name }: RetiringProps) {
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState("");
  const { retire } = useTransitions(slug);
  if (!opened) return <Button variant="subtle" size="compact-sm" onClick={() => { setOpened(true); }}>Retire {name}</Button>;
  const send = (): void => {
    retire.mutate({ thing, reason }, { onSuccess: () => { notify(`Nobody is asked about ${name} any more. Its votes stay.`); }, onError: notifyError });
  };
  return (
    <form className="retiring" aria-label={`Retire ${name}`} onSubmit={(event) => { event.preventDefault(); send(); }}>
      <TextInput label="Why" required autoFocus maxLength={LONGEST} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} />
      <Group gap="xs">
        <Button type="submit" size="compact-md" loading={retire.isPending} disabled={reason.trim() === ""}>Retire {name}</Button>
        <Button variant="default" size="compact-md" onClick={() => { setOpened(false); }}>Keep it</Button>
      </Group>
    </form>
  );
}

/** Draws the one or the other. */
export function Retiring(props: RetiringProps) {
  if (props.retired) return <Out {...props} retired={props.retired} />;
  return props.writes ? <In {...props} /> : null;
}
