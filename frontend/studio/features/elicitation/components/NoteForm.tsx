/** A code or a memo for a passage: what is selected, or a sentence that is picked without a mouse. */
import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { notify } from "@/studio/lib/notices";
import { codesQuery, useNewCode, usePassages } from "../api/coding";
import type { Code } from "../api/types";
import { characters, sentencesOf, type Stretch, wordsOf } from "../hooks/passages";

const MOST_SHOWN = 90;

interface NoteFormProps {
  slug: string;
  participant: string;
  position: number;
  text: string;
  language: string;
  chosen: Stretch;
  onChoose: (stretch: Stretch) => void;
  onDone: () => void;
}

function short(words: string): string {
  return words.length > MOST_SHOWN ? `${words.slice(0, MOST_SHOWN)}…` : words;
}

/** The passages that can be picked: the whole turn, each sentence, and what is chosen where it is neither. */
function choicesOf({ text, language, chosen }: NoteFormProps): { value: string; label: string }[] {
  const whole: Stretch = { start: 0, end: characters(text).length };
  const stretches = [whole, ...sentencesOf(text, language)];
  const isOwn = !stretches.some(({ start, end }) => start === chosen.start && end === chosen.end);
  return [...(isOwn ? [chosen] : []), ...stretches].map((stretch) => ({
    value: `${stretch.start}-${stretch.end}`,
    label: stretch === whole ? "All of it" : short(wordsOf(text, stretch)),
  }));
}

/** The code of this name, made where there is none yet. */
function useCodeNamed(slug: string): { codes: readonly Code[]; named: (name: string) => Promise<number | null>; error: Error | null } {
  const { data: codes = [] } = useQuery(codesQuery(slug));
  const make = useNewCode(slug);
  const named = async (name: string): Promise<number | null> => {
    const wanted = name.trim();
    if (wanted === "") return null;
    const known = codes.find((code) => code.name.toLocaleLowerCase() === wanted.toLocaleLowerCase());
    return known?.id ?? (await make.mutateAsync({ name: wanted, description: "" })).id;
  };
  return { codes, named, error: make.error };
}

/** Draws the form. */
export function NoteForm(props: NoteFormProps) {
  const { slug, participant, position, text, chosen, onChoose, onDone } = props;
  const [name, setName] = useState("");
  const [memo, setMemo] = useState("");
  const { mark } = usePassages(slug, participant);
  const { codes, named, error } = useCodeNamed(slug);
  const list = useId();
  const save = async (): Promise<void> => {
    await mark.mutateAsync({ position, ...chosen, code: await named(name), memo });
    notify("Noted.");
    onDone();
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    save().catch(() => undefined); // The mutations keep what went wrong, and it is shown below.
  };
  const problem = mark.error ?? error;
  return (
    <form className="note-form" aria-label="A note on this passage" onSubmit={submit} onKeyDown={(event) => { if (event.key === "Escape") onDone(); }}>
      <Stack gap="sm">
        <NativeSelect label="Passage" data={choicesOf(props)} value={`${chosen.start}-${chosen.end}`} onChange={(event) => {
          const [start = 0, end = 0] = event.currentTarget.value.split("-").map(Number);
          onChoose({ start, end });
        }} />
        <blockquote className="words" dir="auto">{wordsOf(text, chosen)}</blockquote>
        <TextInput label="Code" description="One that is there, or a new one" list={list} maxLength={80} autoComplete="off" autoFocus value={name} onChange={(event) => { setName(event.currentTarget.value); }} />
        <datalist id={list}>{codes.filter(({ retired_at: retired }) => retired === null).map((code) => <option key={code.id} value={code.name} />)}</datalist>
        <Textarea label="Memo" autosize minRows={2} maxLength={4000} value={memo} onChange={(event) => { setMemo(event.currentTarget.value); }} />
        {problem && <ErrorState error={problem} />}
        <Group gap="xs">
          <Button type="submit" loading={mark.isPending} disabled={name.trim() === "" && memo.trim() === ""}>Keep the note</Button>
          <Button variant="default" onClick={onDone}>Cancel</Button>
        </Group>
      </Stack>
    </form>
  );
}
