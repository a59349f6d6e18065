/** One study at a glance: its link, how many people stand where, and who they are by code. */
import "@/styles/study.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { participantsQuery } from "../api/participants";
import { ParticipantsTable } from "../components/ParticipantsTable";
import { StepCounts } from "../components/StepCounts";
import { StudyLink } from "../components/StudyLink";

const CRUMBS = [{ label: "Studies", to: "/" }];

function People({ slug }: { slug: string }) {
  const { data, isPending, error, refetch } = useQuery(participantsQuery(slug));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return (
    <section className="people" aria-label="People">
      <h2>People</h2>
      <StepCounts counts={data.counts} />
      {data.participants.length === 0
        ? <EmptyState title="Nobody has taken part yet"><p>Send the study link to people. They appear here as they consent.</p></EmptyState>
        : <ParticipantsTable participants={data.participants} />}
    </section>
  );
}

/** Draws the study. */
export function StudyPage() {
  const { slug, title, role } = useStudy();
  const navigate = useNavigate();
  const reads = may(role, "read");
  const log = <Button variant="default" onClick={() => { void navigate({ to: `/studies/${slug}/audit-log` as string }); }}>Audit log</Button>;
  return (
    <Page title={title} crumbs={CRUMBS} actions={may(role, "write") ? log : undefined}>
      {reads && <StudyLink slug={slug} />}
      {reads
        ? <People slug={slug} />
        : <EmptyState title="Your part of this study is in Discretion" action={<StudioLink to={`/studies/${slug}/discretion`}>Open your audits</StudioLink>}><p>As an annotator you compare responses. Participants and their interviews are not shown to you.</p></EmptyState>}
    </Page>
  );
}
