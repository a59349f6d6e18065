/** The codes of a study: how often each was given, renamed, retired, brought back. */
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { notify, notifyError } from "@/studio/lib/notices";
import { useCodeChange, useNewCode } from "../api/coding";
import type { Code } from "../api/types";

function NewCode({ slug }: { slug: string }) {
  const [name, setName] = useState("");
  const make = useNewCode(slug);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    make.mutate({ name, description: "" }, { onSuccess: () => { setName(""); } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Group gap="xs" align="end">
          <TextInput label="A new code" maxLength={80} value={name} onChange={(event) => { setName(event.currentTarget.value); }} />
          <Button type="submit" variant="default" loading={make.isPending} disabled={name.trim() === ""}>Add</Button>
        </Group>
        {make.error && <ErrorState error={make.error} />}
      </Stack>
    </form>
  );
}

function Rename({ slug, code, onDone }: { slug: string; code: Code; onDone: () => void }) {
  const [name, setName] = useState(code.name);
  const [description, setDescription] = useState(code.description ?? "");
  const change = useCodeChange(slug);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    change.mutate({ id: code.id, change: { name, description } }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="note-form">
      <Stack gap="xs">
        <TextInput label="Name" autoFocus maxLength={80} value={name} onChange={(event) => { setName(event.currentTarget.value); }} />
        <TextInput label="What it means" maxLength={500} value={description} onChange={(event) => { setDescription(event.currentTarget.value); }} />
        {change.error && <ErrorState error={change.error} />}
        <Group gap="xs"><Button type="submit" loading={change.isPending}>Keep</Button><Button variant="default" onClick={onDone}>Cancel</Button></Group>
      </Stack>
    </form>
  );
}

interface CodeListProps {
  slug: string;
  codes: readonly Code[];
  selected?: number;
  writes: boolean;
  onOpen: (id: number) => void;
}

/** Draws the list; a name opens the passages with it. */
export function CodeList({ slug, codes, selected, writes, onOpen }: CodeListProps) {
  const [renaming, setRenaming] = useState<number>();
  const change = useCodeChange(slug);
  const retire = ({ id, name, retired_at: at }: Code): void => {
    const retired = at === null;
    change.mutate({ id, change: { retired } }, {
      onSuccess: () => { notify(retired ? `“${name}” is retired: passages keep it, new ones cannot have it.` : `“${name}” is back.`); },
      onError: notifyError,
    });
  };
  return (
    <Stack gap="md">
      <ul className="code-list">
        {codes.map((code) => (
          <li key={code.id} className={code.id === selected ? "is-selected" : undefined}>
            <div className="code-head">
              <button type="button" className="row-button" aria-pressed={code.id === selected} onClick={() => { onOpen(code.id); }}>{code.name}</button>
              {code.retired_at !== null && <span className="badge">retired</span>}
              <span className="note">{count(code.passages)} {code.passages === 1 ? "passage" : "passages"} of {count(code.people)} {code.people === 1 ? "person" : "people"}</span>
            </div>
            {code.description !== "" && <p className="note">{code.description}</p>}
            {writes && renaming !== code.id && (
              <Group gap={4}>
                <Button size="compact-sm" variant="subtle" aria-label={`Rename ${code.name}`} onClick={() => { setRenaming(code.id); }}>Rename</Button>
                <Button size="compact-sm" variant="subtle" aria-label={code.retired_at === null ? `Retire ${code.name}` : `Bring back ${code.name}`} onClick={() => { retire(code); }}>{code.retired_at === null ? "Retire" : "Bring back"}</Button>
              </Group>
            )}
            {renaming === code.id && <Rename slug={slug} code={code} onDone={() => { setRenaming(undefined); }} />}
          </li>
        ))}
      </ul>
      {writes && <NewCode slug={slug} />}
    </Stack>
  );
}
