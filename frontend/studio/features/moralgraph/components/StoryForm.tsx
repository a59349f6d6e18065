/** A researcher's own story of somebody who went from one value to another. */
import { Button, Group, NativeSelect, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { notify } from "@/studio/lib/notices";
import { contextsQuery } from "../api/graph";
import { useTransitions, valuesQuery } from "../api/transitions";

const SHORTEST = 40;
const LONGEST = 1200;

/** Draws the form; `onDone` closes it. */
export function StoryForm({ slug, onDone }: { slug: string; onDone: () => void }) {
  const { data: values = [] } = useQuery(valuesQuery(slug));
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const [given, setGiven] = useState({ less_wise: "", wiser: "", context: "", text: "" });
  const { write } = useTransitions(slug);
  const set = (part: Partial<typeof given>): void => { setGiven({ ...given, ...part }); };
  const named = [{ value: "", label: "Choose a value" }, ...values.map(({ id, title }) => ({ value: String(id), label: title }))];
  const places = [{ value: "", label: "Choose a context" }, ...contexts.map(({ id, name }) => ({ value: String(id), label: name }))];
  const length = given.text.trim().length;
  const lacks = given.less_wise === "" || given.wiser === "" || given.context === ""
    ? "Choose both values and the context first."
    : given.less_wise === given.wiser ? "A story leads from one value to another." : length < SHORTEST ? `A story has at least ${SHORTEST} characters.` : "";
  const send = (): void => {
    const tale = { less_wise: Number(given.less_wise), wiser: Number(given.wiser), context: Number(given.context), text: given.text };
    write.mutate(tale, { onSuccess: () => { notify("The story is kept, and shown from now on."); onDone(); } });
  };
  return (
    <form className="story-form" aria-label="A new story" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Stack gap="sm">
        <div className="story-ends">
          <NativeSelect label="Before" data={named} value={given.less_wise} onChange={(event) => { set({ less_wise: event.currentTarget.value }); }} />
          <NativeSelect label="After" data={named} value={given.wiser} onChange={(event) => { set({ wiser: event.currentTarget.value }); }} />
          <NativeSelect label="Context" data={places} value={given.context} onChange={(event) => { set({ context: event.currentTarget.value }); }} />
        </div>
        <Textarea
          label="Story"
          description="Somebody who went by the first value and now goes by the second. Give no verdict: people say whether it was wiser. The other direction is asked as often."
          maxLength={LONGEST}
          autosize
          minRows={4}
          className="is-words"
          value={given.text}
          onChange={(event) => { set({ text: event.currentTarget.value }); }}
        />
        <Group gap="xs">
          <Button type="submit" disabled={lacks !== ""} loading={write.isPending}>Keep the story</Button>
          <Button variant="default" onClick={onDone}>Close</Button>
          {lacks !== "" && <span className="note">{lacks}</span>}
        </Group>
        {write.error && <ErrorState error={write.error} />}
      </Stack>
    </form>
  );
}
