/** The form that begins a pilot: who walks, in which languages, and through what. */
import { Button, Checkbox, Group, NativeSelect, NumberInput, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { protocolQuery } from "../api/protocol";
import { usePilots } from "../api/pilots";
import type { ProtocolView } from "../api/types";
import { type Kind, KINDS } from "../hooks/pilots";
import { type Language, LANGUAGES } from "../hooks/protocol-draft";

const MOST_EACH = 20;
const MOST = 60;
type Counts = Record<Kind, number>;
const ONE_OF_EACH: Counts = { terse: 1, talkative: 1, hostile: 1, off_topic: 1, second_language: 1, injecting: 1 };

function Kinds({ counts, onChange }: { counts: Counts; onChange: (counts: Counts) => void }) {
  return (
    <fieldset className="pilot-kinds"><legend>How many of each</legend>
      {KINDS.map(({ value, label, says }) => (
        <NumberInput key={value} label={label} description={says} min={0} max={MOST_EACH} clampBehavior="strict" allowDecimal={false} value={counts[value]} onChange={(n) => { onChange({ ...counts, [value]: typeof n === "number" ? n : 0 }); }} />
      ))}
    </fieldset>
  );
}

/** Languages that the draft has a consent text in; nobody could agree to anything in the others. */
function spokenBy({ draft }: ProtocolView): readonly Language[] {
  const { consent } = draft as { consent: Partial<Record<Language, string>> };
  return LANGUAGES.map(({ code }) => code).filter((code) => (consent[code] ?? "").trim() !== "");
}

function Form({ slug, view, onBegun }: { slug: string; view: ProtocolView; onBegun: (id: number) => void }) {
  const spoken = spokenBy(view);
  const [counts, setCounts] = useState<Counts>(ONE_OF_EACH);
  const [languages, setLanguages] = useState<readonly string[]>(spoken);
  const [of, setOf] = useState<"draft" | "opened">("draft");
  const [voice, setVoice] = useState<"written" | "model">("written");
  const { start } = usePilots(slug);
  const wanted = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    start.mutate({ kinds: counts, languages: LANGUAGES.map(({ code }) => code).filter((code) => languages.includes(code)), of, voice }, { onSuccess: ({ id }) => { onBegun(id); } });
  };
  return (
    <form className="sheet launch-form" aria-labelledby="new-pilot" onSubmit={submit}>
      <h2 id="new-pilot">A new pilot</h2>
      <Stack gap="md">
        <Kinds counts={counts} onChange={setCounts} />
        <Checkbox.Group label="Languages" description="They take turns. Only those with a consent text are here." value={[...languages]} onChange={setLanguages}>
          <Group gap="md" mt="xs">{LANGUAGES.filter(({ code }) => spoken.includes(code)).map(({ code, name }) => <Checkbox key={code} value={code} label={name} />)}</Group>
        </Checkbox.Group>
        <NativeSelect label="What they walk through" value={of} onChange={(event) => { setOf(event.currentTarget.value === "opened" ? "opened" : "draft"); }} data={[
          { value: "draft", label: `The draft as it is saved now (revision ${view.revision})` },
          ...(view.versions[0] === undefined ? [] : [{ value: "opened", label: `The opened version ${view.versions[0].number}` }]),
        ]} />
        {view.model !== null && <NativeSelect label="Who answers in their place" value={voice} onChange={(event) => { setVoice(event.currentTarget.value === "model" ? "model" : "written"); }} data={[{ value: "written", label: "Written answers" }, { value: "model", label: `The language model ${view.model.name}` }]} />}
        {start.error && <ErrorState error={start.error} />}
        <div><Button type="submit" loading={start.isPending} disabled={wanted === 0 || wanted > MOST || languages.length === 0}>Let {count(wanted)} walk</Button></div>
        {wanted > MOST && <p className="note" role="status">At most {count(MOST)} in all.</p>}
        {spoken.length === 0 && <p className="note" role="status">The draft has no consent text yet, so nobody can come in. Write one in the protocol first.</p>}
      </Stack>
    </form>
  );
}

/** Draws the form once the protocol is there. */
export function PilotForm({ slug, onBegun }: { slug: string; onBegun: (id: number) => void }) {
  const { data, error, refetch } = useQuery(protocolQuery(slug));
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return data === undefined ? null : <Form slug={slug} view={data} onBegun={onBegun} />;
}
