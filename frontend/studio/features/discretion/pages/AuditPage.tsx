/** The audit workspace: what principles say, what people and algorithms decide, and how far apart these are. */
import "@/styles/discretion.css";
import { Button } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { count } from "@/lib/numbers";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { Audit } from "../api/types";
import { AuditParts } from "../components/AuditParts";
import { MeasuresPanel } from "../components/MeasuresPanel";
import { SetUpPart } from "../components/SetUpPart";
import { WithdrawnNote } from "../components/WithdrawnNote";
import { useLiveAudit } from "../hooks/live-audit";
import { useParts } from "../hooks/parts";

function NothingYet({ audit }: { audit: Audit }) {
  const { slug, role } = useStudy();
  return (
    <EmptyState title="Nothing to compare yet" action={may(role, "write") && <StudioLink to={`/studies/${slug}/discretion/${audit.id}?part=set-up`}>Go to the set-up</StudioLink>}>
      <p>An audit begins with comparisons: pairs of responses to one prompt, with the verdicts of people or of algorithms.</p>
      <p>{may(role, "write") ? "Import a file, then choose the principles to judge by." : "They appear here once a researcher has imported them."}</p>
    </EmptyState>
  );
}

function Workspace({ audit }: { audit: Audit }) {
  const { part } = useParts();
  const measured = audit.counts.comparisons > 0 ? <MeasuresPanel audit={audit} part={part} /> : <NothingYet audit={audit} />;
  return (
    <div className="audit-workspace">
      <WithdrawnNote people={audit.withdrawn} />
      <AuditParts audit={audit.id} />
      {part === "set-up" ? <SetUpPart audit={audit} /> : measured}
    </div>
  );
}

/** Draws the workspace. */
export function AuditPage() {
  const { slug, title: study, role } = useStudy();
  const { auditId = "" } = useParams({ strict: false });
  const { result, line } = useLiveAudit(slug, auditId);
  const navigate = useNavigate();
  const crumbs = useMemo(() => [{ label: study, to: `/studies/${slug}` }, { label: "Discretion", to: `/studies/${slug}/discretion` }], [study, slug]);
  const open = (part: string): void => { void navigate({ to: `/studies/${slug}/discretion/${auditId}/${part}` as string }); };
  const { data: audit, error } = result;
  return (
    <Page
      title={audit?.title ?? "Audit"}
      crumbs={crumbs}
      lede={audit && `${count(audit.counts.comparisons)} comparisons, ${count(audit.counts.verdicts)} verdicts, ${audit.annotators.length} annotators.`}
      actions={(
        <>
          <Live state={line} />
          <Button variant="default" onClick={() => { open("comparisons"); }}>Comparisons</Button>
          <Button variant="default" onClick={() => { open("annotation"); }}>Annotation</Button>
          <Button variant="default" onClick={() => { open("disputes"); }}>Disagreements</Button>
          <Button variant="default" onClick={() => { open("annotators"); }}>Annotators</Button>
          {may(role, "annotate") && <Button onClick={() => { open("annotate"); }}>Annotate</Button>}
        </>
      )}
    >
      {result.isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void result.refetch(); }} />}
      {audit && <Workspace audit={audit} />}
    </Page>
  );
}
