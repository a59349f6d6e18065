/** One participant's interview: read word for word, or replayed; opening it is noted in the audit log. */
import "@/styles/study.css";
import "@/styles/transcript.css";
import { Group, SegmentedControl, TextInput } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { count } from "@/lib/numbers";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { LeaningDataSets } from "@/studio/components/LeaningDataSets";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { choiceFrom, countFrom, textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import type { Transcript } from "../api/types";
import { CardBeside, type Wording } from "../components/CardBeside";
import { Reading } from "../components/Reading";
import { Replay } from "../components/Replay";
import { countFound } from "../hooks/marks";
import { useTranscript } from "../hooks/read-along";
import { stepWord } from "../hooks/steps";

const VIEWS = ["read", "replay"] as const;

function factsOf({ step, version, language, quotes, training, simulated }: Transcript): string {
  return [
    `Stands at: ${stepWord(step)}`,
    version === null ? "" : `version ${version}`,
    `language ${language}`,
    quotes ? "quotes may be shown" : "quotes may not be shown",
    training ? "may be used to train a model" : "not to be used to train a model",
    simulated ? "simulated, no person" : "",
  ].filter(Boolean).join(" · ");
}

function ReadingDesk({ data }: { data: Transcript }) {
  const [search, change] = useAddress();
  const [own, setOwn] = useState<Wording>();
  const found = textFrom(search, "q") ?? "";
  const wording = data.wordings.find(({ id }) => id === own?.id) ?? data.wordings.at(-1);
  const n = countFound(data.turns, found);
  return (
    <div className="transcript-desk">
      <div className="replay">
        <TextInput type="search" label="Find in this interview" value={found} rightSectionWidth="6rem" rightSection={found === "" ? undefined : <span className="note" role="status">{count(n)} found</span>} onChange={(event) => { change({ q: event.currentTarget.value, turn: undefined }); }} />
        <Reading data={data} turn={countFrom(search, "turn", { least: 0, most: 100_000 })} highlights={{ wording, passages: data.passages, found }} />
      </div>
      <aside className="transcript-aside" aria-label="The card">
        {wording ? <CardBeside data={data} wording={wording} onWording={setOwn} /> : <p className="note">There is no card yet.</p>}
        <LeaningDataSets on={{ participant: data.participant }} level={2} />
      </aside>
    </div>
  );
}

function Desk({ data }: { data: Transcript }) {
  const [search, change] = useAddress();
  const view = choiceFrom(search, "view", VIEWS);
  if (data.turns.length === 0) return <EmptyState title="Nothing was said yet"><p>The interview has not begun.</p></EmptyState>;
  return (
    <>
      <Group gap="md" className="transcript-bar">
        <SegmentedControl aria-label="How it is shown" data={[{ value: "read", label: "Read" }, { value: "replay", label: "Replay" }]} value={view} onChange={(value) => { change({ view: value === "read" ? undefined : value }); }} />
        <p className="note">{factsOf(data)}</p>
      </Group>
      {view === "read" ? <ReadingDesk data={data} /> : <Replay data={data} />}
    </>
  );
}

/** Draws the interview; it grows while the person talks. */
export function TranscriptPage() {
  const { slug, title } = useStudy();
  const { participantId = "" } = useParams({ strict: false });
  const { result: { data, isPending, error, refetch }, line } = useTranscript(slug, participantId);
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  return (
    <Page title={`Transcript ${participantId.slice(0, 8)}`} crumbs={crumbs} lede="Only with the person’s consent to research use. That you opened it is in the audit log." actions={data && <Live state={line} />}>
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Desk data={data} />}
    </Page>
  );
}
