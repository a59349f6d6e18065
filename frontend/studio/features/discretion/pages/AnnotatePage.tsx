/** The annotator's desk: one comparison at a time, by principle and overall, by keyboard alone. Nothing that others said is here. */
import "@/styles/annotate.css";
import { useParams } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { KeysHelp } from "@/studio/components/KeysHelp";
import { useStudy } from "@/studio/shell/routes";
import { useAuditTitle } from "../api/audits";
import { DeskBar } from "../components/DeskBar";
import { GuidelinePanel } from "../components/GuidelinePanel";
import { JudgementForm } from "../components/JudgementForm";
import { NothingLeft } from "../components/NothingLeft";
import { TrainingFeedback } from "../components/TrainingFeedback";
import { useAnnotation } from "../hooks/annotation";
import { ANNOTATION_KEYS } from "../hooks/annotation-keys";
import { useTrail } from "../hooks/trail";

type Annotation = ReturnType<typeof useAnnotation>;

function OnTheDesk({ annotation, onHelp, onGuideline }: { annotation: Annotation; onHelp: () => void; onGuideline: () => void }) {
  const { view, current, answered, keep, submit, setAside, undo, goOn } = annotation;
  if (answered) return <TrainingFeedback answered={answered} onGoOn={goOn} />;
  if (!current && view.lost) return <EmptyState title="No connection"><p>The next pair comes when the line is back; this page tries again by itself. What you judged is kept on this device until it is sent.</p></EmptyState>;
  if (!current) return <PageSkeleton />;
  const { comparison, order } = current.item;
  return (
    <JudgementForm
      key={`${comparison} ${order}`}
      desk={current}
      onSubmit={submit}
      onChange={keep}
      onUndo={() => { undo.mutate(); }}
      onSetAside={setAside}
      onHelp={onHelp}
      onGuideline={onGuideline}
    />
  );
}

/** Draws the desk. */
export function AnnotatePage() {
  const { slug } = useStudy();
  const { auditId: audit = "" } = useParams({ strict: false });
  const title = useAuditTitle(slug, audit);
  const [helping, setHelping] = useState(false);
  const desk = useMemo(() => ({ slug, audit }), [slug, audit]);
  const annotation = useAnnotation(desk);
  const { view, saving, retry } = annotation;
  const shown = view.item ?? view.end;
  const crumbs = useTrail(audit).slice(0, -1);
  const guideline = useRef<HTMLElement>(null);
  const toGuideline = (): void => { (guideline.current?.querySelector("button") ?? guideline.current?.querySelector("summary"))?.focus(); };
  return (
    <Page
      title={title === undefined ? "Annotate" : `Annotate: ${title}`}
      crumbs={crumbs}
      actions={<StudioLink to={`/studies/${slug}/discretion/${audit}/mine`}>My history</StudioLink>}
    >
      <DeskBar item={shown} saving={saving} />
      <div className="desk-frame">
        <div className="desk-main">
          {view.error && <ErrorState error={view.error} retry={retry} />}
          {view.end && <NothingLeft desk={desk} end={view.end} back={`/studies/${slug}/discretion`} onAgain={annotation.again} onUndo={() => { annotation.undo.mutate(); }} />}
          {!view.error && !view.end && <OnTheDesk annotation={annotation} onHelp={() => { setHelping(true); }} onGuideline={toGuideline} />}
        </div>
        <GuidelinePanel ref={guideline} desk={desk} number={shown?.guideline ?? 0} />
      </div>
      <KeysHelp keys={ANNOTATION_KEYS} opened={helping} onClose={() => { setHelping(false); }} />
    </Page>
  );
}
