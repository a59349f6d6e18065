/** One pilot: how far it is, what it found, and what can be done with it. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { JobProgress } from "@/studio/components/JobProgress";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { pilotFile, pilotQuery, usePilots } from "../api/pilots";
import type { PilotReport } from "../api/types";
import { findingOf, pilotedWord, pilotRuns } from "../hooks/pilots";
import { PilotTables } from "./PilotTables";

function Delete({ slug, report, onDeleted }: { slug: string; report: PilotReport; onDeleted: () => void }) {
  const [asked, setAsked] = useState(false);
  const { remove } = usePilots(slug);
  const close = (): void => { setAsked(false); remove.reset(); };
  const go = (): void => { remove.mutate(report.id, { onSuccess: () => { close(); notify("The pilot and everything in it is deleted."); onDeleted(); } }); };
  return (
    <>
      <Button variant="default" onClick={() => { setAsked(true); }}>Delete</Button>
      <Modal opened={asked} onClose={close} title="Delete this pilot?" closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="md">
          <p>The report, the {count(report.walks)} simulated participants, their interviews, cards and votes are deleted. What people said and made is not touched.</p>
          {remove.error && <ErrorState error={remove.error} />}
          <Group gap="xs"><Button loading={remove.isPending} onClick={go}>Delete the pilot</Button><Button variant="default" onClick={close}>Keep it</Button></Group>
        </Stack>
      </Modal>
    </>
  );
}

function Actions({ slug, report, onDeleted }: { slug: string; report: PilotReport; onDeleted: () => void }) {
  const { role } = useStudy();
  const { move } = usePilots(slug);
  const act = (action: "stop" | "resume") => (): void => { move.mutate({ id: report.id, action }, { onError: notifyError }); };
  const writes = may(role, "write");
  return (
    <Group gap="xs">
      <Button component="a" variant="default" href={pilotFile(slug, report.id, "csv")} download>CSV</Button>
      <Button component="a" variant="default" href={pilotFile(slug, report.id, "json")} download>JSON</Button>
      {writes && pilotRuns(report) && <Button variant="default" loading={move.isPending} onClick={act("stop")}>Stop</Button>}
      {writes && (report.state === "cancelled" || report.state === "failed") && report.ended < report.walks && <Button loading={move.isPending} onClick={act("resume")}>Go on</Button>}
      {writes && !pilotRuns(report) && <Delete slug={slug} report={report} onDeleted={onDeleted} />}
    </Group>
  );
}

/** Draws the pilot; the numbers follow while it walks. */
export function PilotView({ slug, id, onDeleted }: { slug: string; id: number; onDeleted: () => void }) {
  const { data, isPending, error, refetch } = useQuery(pilotQuery(slug, id));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return (
    <section className="people" aria-labelledby="pilot-title">
      <div className="section-head"><h2 id="pilot-title">Pilot {data.id} of {pilotedWord(data)}</h2><Actions slug={slug} report={data} onDeleted={onDeleted} /></div>
      {data.job !== null && <JobProgress key={`${data.job}-${data.attempts}`} slug={slug} job={data.job} label={`${count(data.ended)} of ${count(data.walks)} walks ended`} onEnd={() => { void refetch(); }} />}
      <p role="status">{findingOf(data)}</p>
      <PilotTables slug={slug} report={data} />
      <p className="note">Waiting was measured. Reading and typing are what somebody of that kind would need at an assumed pace; nobody waited for it. {data.voice === "model" ? "A language model answered in their place" : "Their answers are written and know nothing of your question"}; seed {data.seed}. {data.priced ? "The cost is tokens times the price that is set." : "No price per token is set, so only tokens are counted."}</p>
    </section>
  );
}
