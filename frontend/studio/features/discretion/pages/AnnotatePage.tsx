/** The annotator's desk: one comparison at a time, by principle and overall, by keyboard alone. Nothing that others said is here. */
import "@/styles/annotate.css";
import { useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
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

type Annotation = ReturnType<typeof useAnnotation>;

function OnTheDesk({ annotation, onHelp }: { annotation: Annotation; onHelp: () => void }) {
  const { current, answered, keep, submit, setAside, undo, goOn } = annotation;
  if (answered) return <TrainingFeedback answered={answered} onGoOn={goOn} />;
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
    />
  );
}

/** Draws the desk. */
export function AnnotatePage() {
  const { slug, title: study } = useStudy();
  const { auditId: audit = "" } = useParams({ strict: false });
  const title = useAuditTitle(slug, audit);
  const [helping, setHelping] = useState(false);
  const desk = useMemo(() => ({ slug, audit }), [slug, audit]);
  const annotation = useAnnotation(desk);
  const { view, saving, retry } = annotation;
  const shown = view.item ?? view.end;
  const crumbs = useMemo(() => [{ label: study, to: `/studies/${slug}` }, { label: "Discretion", to: `/studies/${slug}/discretion` }], [study, slug]);
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
          {view.end && <NothingLeft desk={desk} end={view.end} back={`/studies/${slug}/discretion`} onAgain={() => { window.location.reload(); }} />}
          {!view.error && !view.end && <OnTheDesk annotation={annotation} onHelp={() => { setHelping(true); }} />}
        </div>
        <GuidelinePanel desk={desk} number={shown?.guideline ?? 0} />
      </div>
      <KeysHelp keys={ANNOTATION_KEYS} opened={helping} onClose={() => { setHelping(false); }} />
    </Page>
  );
}
