/** The annotator's desk: one comparison at a time, by principle and overall, by keyboard alone. Nothing that others said is here. */
import "@/styles/annotate.css";
import { useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { useAuditTitle } from "../api/audits";
import { DeskBar } from "../components/DeskBar";
import { JudgementForm } from "../components/JudgementForm";
import { KeysHelp } from "../components/KeysHelp";
import { useAnnotation } from "../hooks/annotation";

function NothingLeft({ done, back }: { done: number; back: string }) {
  return (
    <EmptyState title={done > 0 ? "You have judged everything here" : "There is nothing to judge yet"} action={<StudioLink to={back}>Back to the audits</StudioLink>}>
      <p>{done > 0 ? `${done} comparisons carry your judgement. New ones appear here when they are imported.` : "Comparisons appear here once a researcher has imported them."}</p>
    </EmptyState>
  );
}

/** Draws the desk. */
export function AnnotatePage() {
  const { slug, title: study } = useStudy();
  const { auditId: audit = "" } = useParams({ strict: false });
  const title = useAuditTitle(slug, audit);
  const [helping, setHelping] = useState(false);
  const { first, current, saving, submit, undo } = useAnnotation({ slug, audit });
  const crumbs = useMemo(() => [{ label: study, to: `/studies/${slug}` }, { label: "Discretion", to: `/studies/${slug}/discretion` }], [study, slug]);
  return (
    <Page title={title === undefined ? "Annotate" : `Annotate: ${title}`} crumbs={crumbs}>
      <DeskBar item={current?.item ?? first.data} saving={saving} />
      {current
        ? <JudgementForm key={current.item.comparison} desk={current} onSubmit={submit} onUndo={() => { undo.mutate(); }} onHelp={() => { setHelping(true); }} />
        : first.isPending
          ? <PageSkeleton />
          : first.isError
            ? <ErrorState error={first.error} retry={() => { void first.refetch(); }} />
            : <NothingLeft done={first.data.done} back={`/studies/${slug}/discretion`} />}
      <KeysHelp opened={helping} onClose={() => { setHelping(false); }} />
    </Page>
  );
}
