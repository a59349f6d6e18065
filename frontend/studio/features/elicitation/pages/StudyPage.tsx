/** One study at a glance: its link, and the live room with everyone in it. */
import "@/styles/study.css";
import { Button, Group } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { RoomObjections } from "../components/RoomObjections";
import { RoomPlaces } from "../components/RoomPlaces";
import { RoomSteps } from "../components/RoomSteps";
import { RoomTable } from "../components/RoomTable";
import { StepCounts } from "../components/StepCounts";
import { StudyLink } from "../components/StudyLink";
import { useLiveRoom } from "../hooks/live-room";

const CRUMBS = [{ label: "Studies", to: "/" }];

function RoomSection({ slug }: { slug: string }) {
  const { result: { data, isPending, error, refetch }, line } = useLiveRoom(slug);
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return (
    <section className="people" aria-labelledby="people-title">
      <div className="section-head"><h2 id="people-title">Live room</h2><Live state={line} /></div>
      <StepCounts counts={data.counts} />
      <RoomSteps steps={data.steps} />
      <RoomObjections slug={slug} />
      <RoomPlaces slug={slug} />
      {data.participants.length === 0
        ? <EmptyState title="Nobody has taken part yet"><p>Send the study link to people. They appear here as they consent.</p></EmptyState>
        : <RoomTable participants={data.participants} />}
    </section>
  );
}

function Actions({ slug, writes }: { slug: string; writes: boolean }) {
  const navigate = useNavigate();
  const go = (path: string) => (): void => { void navigate({ to: `/studies/${slug}/${path}` as string }); };
  return (
    <Group gap="xs">
      {writes && <Button variant="default" onClick={go("audit-log")}>Audit log</Button>}
      <Button variant="default" onClick={go("codes")}>Codes</Button>
      <Button variant="default" onClick={go("transcripts")}>Search interviews</Button>
      <Button variant="default" onClick={go("export")}>Export</Button>
      {writes && <Button variant="default" onClick={go("members")}>Members</Button>}
      <Button variant="default" onClick={go("pilot")}>Pilot</Button>
      <Button onClick={go("protocol")}>Protocol</Button>
    </Group>
  );
}

/** Draws the study. */
export function StudyPage() {
  const { slug, title, role } = useStudy();
  const reads = may(role, "read");
  return (
    <Page title={title} crumbs={CRUMBS} actions={reads ? <Actions slug={slug} writes={may(role, "write")} /> : undefined}>
      {reads && <StudyLink slug={slug} />}
      {reads
        ? <RoomSection slug={slug} />
        : <EmptyState title="Your part of this study is in Discretion" action={<StudioLink to={`/studies/${slug}/discretion`}>Open your audits</StudioLink>}><p>As an annotator you compare responses. Participants and their interviews are not shown to you.</p></EmptyState>}
    </Page>
  );
}
