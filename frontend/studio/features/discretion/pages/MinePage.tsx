/** My history: what I said, what became of it, how consistent I am; each judgement can be changed. */
import "@/styles/annotate.css";
import "@/styles/discretion.css";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { mineQuery, standingQuery } from "../api/next";
import type { OwnAct } from "../api/types";
import { StandingFacts } from "../components/StandingFacts";
import { useTrail } from "../hooks/trail";
import { saidInWords } from "../hooks/words";

function state({ undone, replaced, outdated, against_own }: OwnAct): string {
  if (undone) return "taken back";
  if (replaced) return "replaced by a later one";
  return [...(outdated ? ["under an older guideline"] : []), ...(against_own ? ["against your own principles"] : [])].join(", ");
}

function columnsAt(at: string): readonly Column<OwnAct>[] {
  return [
    { key: "prompt", label: "Comparison", cell: ({ prompt, comparison, undone, replaced }) => (undone || replaced ? <span className="words clipped">{prompt}</span> : <StudioLink to={`${at}/${comparison}`} className="words clipped">{prompt}</StudioLink>) },
    { key: "said", label: "You said", cell: (act) => saidInWords(act), sortBy: (act) => saidInWords(act) },
    { key: "reason", label: "Reason", cell: ({ reason }) => reason },
    { key: "state", label: "State", cell: (act) => state(act), sortBy: (act) => state(act) },
    { key: "at", label: "When", cell: ({ at: when }) => new Date(when).toLocaleString(), sortBy: ({ at: when }) => when },
  ];
}

const NEWEST = 200;

/** Draws the figures and the list. */
export function MinePage() {
  const { slug } = useStudy();
  const { auditId: audit = "" } = useParams({ strict: false });
  const crumbs = useTrail(audit);
  const acts = useQuery({ ...mineQuery({ slug, audit }), staleTime: 0 });
  const standing = useQuery({ ...standingQuery({ slug, audit }), staleTime: 0 });
  const columns = useMemo(() => columnsAt(`/studies/${slug}/discretion/${audit}/mine`), [slug, audit]);
  const error = acts.error ?? standing.error;
  return (
    <Page title="My history" crumbs={crumbs} lede="This page is yours alone; researchers see your verdicts among those of others. A judgement can be changed, and what you said before is kept." actions={<StudioLink to={`/studies/${slug}/discretion/${audit}/annotate`}>Back to the desk</StudioLink>}>
      {error && <ErrorState error={error} retry={() => { void acts.refetch(); void standing.refetch(); }} />}
      {standing.data && <StandingFacts standing={standing.data} />}
      {acts.isPending && <TableSkeleton />}
      {acts.data?.length === 0 && <EmptyState title="Nothing judged yet"><p>What you judge appears here, newest first.</p></EmptyState>}
      {acts.data && acts.data.length >= NEWEST && <p className="note">The newest {NEWEST}.</p>}
      {acts.data && acts.data.length > 0 && <DataTable caption="What you said" stacks columns={columns} rows={acts.data} rowKey={({ id }) => id} />}
    </Page>
  );
}
