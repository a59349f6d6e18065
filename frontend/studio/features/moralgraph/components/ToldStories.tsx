/** Where stories come from beside researchers: what people told of themselves, and what a model can be asked for. */
import { Button, Group, NativeSelect, Stack, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { JobProgress } from "@/studio/components/JobProgress";
import { notify, notifyError } from "@/studio/lib/notices";
import { contextsQuery } from "../api/graph";
import { toldQuery, useTransitions, valuesQuery } from "../api/transitions";
import type { OwnStory, Told } from "../api/types";
import { Asking } from "./Asking";

const SHORTEST = 40;
const LONGEST = 1200;

function Model({ slug, told }: { slug: string; told: Told }) {
  const [asked, setAsked] = useState<string>();
  const job = asked ?? told.job;
  const queries = useQueryClient();
  const { propose } = useTransitions(slug);
  if (told.model === "") return null;
  const ask = (): void => { propose.mutate(undefined, { onSuccess: (made) => { setAsked(made.job); }, onError: notifyError }); };
  const again = (): void => { for (const key of ["transitions", "told-stories"]) void queries.invalidateQueries({ queryKey: [key, slug] }); };
  return (
    <div>
      {told.lacking > 0 && <Button variant="default" loading={propose.isPending} onClick={ask}>Ask {told.model} to write for {told.lacking === 1 ? "1 pair" : `${count(told.lacking)} pairs`} that few were told about</Button>}
      {told.lacking === 0 && <p className="note">Enough stories reach every value, or wait for you, so {told.model} has nothing to write.</p>}
      {job !== null && <JobProgress key={job} slug={slug} job={job} label={`Asking ${told.model} for stories`} onEnd={again} />}
    </div>
  );
}

function Offer({ slug, item, onDone }: { slug: string; item: OwnStory; onDone: () => void }) {
  const { data: values = [] } = useQuery(valuesQuery(slug));
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const [given, setGiven] = useState({ less_wise: "", wiser: item.value === null ? "" : String(item.value), context: item.context === null ? "" : String(item.context), text: item.text });
  const { decideOwn } = useTransitions(slug);
  const set = (part: Partial<typeof given>): void => { setGiven({ ...given, ...part }); };
  const named = [{ value: "", label: "Choose a value" }, ...values.map(({ id, title }) => ({ value: String(id), label: title }))];
  const places = [{ value: "", label: "Choose a context" }, ...contexts.map(({ id, name }) => ({ value: String(id), label: name }))];
  const lacks = given.less_wise === "" || given.wiser === "" || given.context === ""
    ? "Choose both values and the context first."
    : given.less_wise === given.wiser ? "A story leads from one value to another." : given.text.trim().length < SHORTEST ? `A story has at least ${SHORTEST} characters.` : "";
  const left = item.details.filter((part) => given.text.includes(part));
  const send = (): void => {
    decideOwn.mutate(
      { id: item.id, offer: true, less_wise: Number(given.less_wise), wiser: Number(given.wiser), context: Number(given.context), text: given.text },
      { onSuccess: () => { notify("Offered. People are shown it from now on, in these words."); } },
    );
  };
  return (
    <form className="story-form" aria-label="Offer this story to others" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Stack gap="sm">
        <div className="story-ends">
          <NativeSelect label="Before" data={named} value={given.less_wise} onChange={(event) => { set({ less_wise: event.currentTarget.value }); }} />
          <NativeSelect label="After" data={named} value={given.wiser} onChange={(event) => { set({ wiser: event.currentTarget.value }); }} />
          <NativeSelect label="Context" data={places} value={given.context} onChange={(event) => { set({ context: event.currentTarget.value }); }} />
        </div>
        <Textarea label="As others read it" description="Take out whatever could tell whose story it is. Tell it of “somebody”, and give no verdict." className="is-words" autosize minRows={4} maxLength={LONGEST} value={given.text} onChange={(event) => { set({ text: event.currentTarget.value }); }} />
        {left.length > 0 && <p className="note" role="status">Still in it, and may tell whose it is: <bdi>{left.join(", ")}</bdi>. Only some of it can be found by a program.</p>}
        <Group gap="xs">
          <Button type="submit" disabled={lacks !== ""} loading={decideOwn.isPending}>Offer it</Button>
          <Button variant="default" onClick={onDone}>Close</Button>
          {lacks !== "" && <span className="note">{lacks}</span>}
        </Group>
        {decideOwn.error && <ErrorState error={decideOwn.error} />}
      </Stack>
    </form>
  );
}

const STATES = { open: "waits for you", offered: "offered to others", declined: "declined" } as const;

function Own({ slug, item, writes }: { slug: string; item: OwnStory; writes: boolean }) {
  const [offering, setOffering] = useState(false);
  const { decideOwn } = useTransitions(slug);
  return (
    <li className={item.simulated ? "pair simulated" : "pair"}>
      <p className="note">Told by the author of <bdi>“{item.card_title}”</bdi> · {STATES[item.state]}{item.decided_by !== "" && ` by ${item.decided_by}`}{item.simulated && " · simulated"}{item.reason !== "" && <>: <q dir="auto">{item.reason}</q></>}</p>
      {item.before !== "" && <p dir="auto"><span className="note">Before: </span>{item.before}</p>}
      <p className="tale-text" dir="auto">{item.text}</p>
      {item.details.length > 0 && item.state !== "offered" && <p className="note">May tell whose it is: <bdi>{item.details.join(", ")}</bdi></p>}
      {writes && item.state !== "offered" && (offering
        ? <Offer slug={slug} item={item} onDone={() => { setOffering(false); }} />
        : (
          <Group gap="xs">
            <Button size="compact-md" onClick={() => { setOffering(true); }}>Offer it to others</Button>
            {item.state === "open" && (
              <Asking label="Decline" about={`Decline the story of the author of “${item.card_title}”`} send="Decline" reason="needed" busy={decideOwn.isPending} error={decideOwn.error}
                onSend={({ reason }) => { decideOwn.mutate({ id: item.id, offer: false, reason }, { onSuccess: () => { notify("Declined. It can still be offered."); } }); }} />
            )}
          </Group>
        ))}
    </li>
  );
}

/** Draws both; nothing where there is neither. */
export function ToldStories({ slug, writes }: { slug: string; writes: boolean }) {
  const { data, error, refetch } = useQuery(toldQuery(slug));
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (!data || (data.stories.length === 0 && data.model === "")) return null;
  return (
    <section aria-labelledby="told" className="told">
      {data.stories.length > 0 && (
        <details open={data.open > 0}>
          <summary id="told">What people told of themselves: {count(data.stories.length)}, of which {count(data.open)} {data.open === 1 ? "waits" : "wait"}</summary>
          <ul className="pairs">{data.stories.map((item) => <Own key={`${item.id}-${item.state}`} slug={slug} item={item} writes={writes} />)}</ul>
        </details>
      )}
      {data.stories.length === 0 && <h2 id="told" className="visually-hidden">Stories that others can write</h2>}
      {writes && <Model slug={slug} told={data} />}
    </section>
  );
}
