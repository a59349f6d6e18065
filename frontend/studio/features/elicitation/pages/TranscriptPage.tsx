/** One interview as it was said. Opening it is written to the audit log. */
import "@/styles/study.css";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { transcriptQuery } from "../api/participants";
import type { TranscriptTurn } from "../api/types";

function Turn({ turn }: { turn: TranscriptTurn }) {
  const isPerson = turn.speaker === "person";
  return (
    <li className={isPerson ? "transcript-turn is-person" : "transcript-turn"}>
      <p className="transcript-speaker">{isPerson ? "Participant" : "Interviewer (a machine)"}</p>
      <p className={isPerson ? "words" : undefined}>{turn.text}</p>
    </li>
  );
}

/** Draws the turns in order. */
export function TranscriptPage() {
  const { slug, title } = useStudy();
  const { participantId = "" } = useParams({ strict: false });
  const { data, isPending, error, refetch } = useQuery(transcriptQuery(slug, participantId));
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  return (
    <Page title="Transcript" crumbs={crumbs} lede="Only with the person’s consent to research use. That you opened it is in the audit log.">
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data?.turns.length === 0 && <EmptyState title="Nothing was said yet"><p>The interview has not begun.</p></EmptyState>}
      {data && data.turns.length > 0 && <ol className="transcript">{data.turns.map((turn) => <Turn key={turn.position} turn={turn} />)}</ol>}
    </Page>
  );
}
