/** A search through all interviews of a study, which is noted in the audit log. */
import "@/styles/transcript.css";
import { Button, Checkbox, Group, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type SyntheticEvent } from "react";
import { count } from "@/lib/numbers";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { countFrom, textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { searchQuery } from "../api/transcripts";
import { Pages } from "../components/Pages";
import { speakerOf } from "../components/Reading";

const SHORTEST = 2;

interface HitsProps { slug: string; text: string; page: number; simulated: boolean; onPage: (page: number) => void }

function Hits({ slug, text, page, simulated, onPage }: HitsProps) {
  const { data, isPending, error, refetch } = useQuery(searchQuery(slug, text, page, simulated));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (data.total === 0) return <EmptyState title={`“${text}” stands in no interview`}><p>Only the interviews of people who agree that they are read are searched. Try a shorter word.</p></EmptyState>;
  return (
    <section aria-labelledby="hits-title">
      <h2 id="hits-title" role="status">{simulated && "Simulated: "}{count(data.total)} {data.total === 1 ? "turn" : "turns"} with “{text}”</h2>
      <ol className="hits">
        {data.hits.map((hit) => (
          <li key={`${hit.participant}-${hit.position}`} className={hit.simulated ? "simulated" : undefined}>
            <StudioLink to={`/studies/${slug}/participants/${hit.participant}?${new URLSearchParams({ turn: String(hit.position), q: text }).toString()}`}><code>{hit.participant.slice(0, 8)}</code>, turn {hit.position + 1}</StudioLink>
            <span className="turn-made">{speakerOf(hit)}{hit.simulated && " · simulated"}</span>
            <p className="hit-words" dir="auto">{hit.before}<mark>{hit.match}</mark>{hit.after}</p>
          </li>
        ))}
      </ol>
      <Pages page={data.page} pages={data.pages} onPage={onPage} />
    </section>
  );
}

/** Draws the search; nothing is looked for before it is sent. */
export function SearchPage() {
  const { slug, title } = useStudy();
  const [search, change] = useAddress();
  const asked = textFrom(search, "q") ?? "";
  const [text, setText] = useState(asked);
  const simulated = search.simulated === "yes";
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    change({ q: text.trim(), page: undefined });
  };
  return (
    <Page title="Search the interviews" crumbs={crumbs} lede="Word for word, in what people and the interviewer said. That you searched is noted in the audit log, without the words.">
      <form role="search" onSubmit={submit}>
        <Group gap="xs" align="end" mb="lg">
          <TextInput type="search" label="Words" value={text} maxLength={200} onChange={(event) => { setText(event.currentTarget.value); }} />
          <Checkbox label="Simulated people instead" checked={simulated} onChange={(event) => { change({ simulated: event.currentTarget.checked ? "yes" : undefined, page: undefined }); }} />
          <Button type="submit" disabled={text.trim().length < SHORTEST}>Search</Button>
        </Group>
      </form>
      {asked.length >= SHORTEST && <Hits slug={slug} text={asked} simulated={simulated} page={countFrom(search, "page", { least: 1, most: 10_000 }) ?? 1} onPage={(page) => { change({ page }); }} />}
    </Page>
  );
}
