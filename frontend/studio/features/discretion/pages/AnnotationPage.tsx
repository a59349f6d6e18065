/** What a researcher sets and sees of people's work: batches, how people annotate, guideline, questions, known answers. */
import "@/styles/discretion.css";
import "@/styles/annotate.css";
import { Anchor, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { choiceFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { studyPath, useStudy } from "@/studio/shell/routes";
import { batchesQuery } from "../api/batches";
import type { Desk } from "../api/next";
import { AskingEditor } from "../components/AskingEditor";
import { BatchCard } from "../components/BatchCard";
import { GuidelineEditor } from "../components/GuidelineEditor";
import { NewBatch } from "../components/NewBatch";
import { ProbeList } from "../components/ProbeList";
import { QualityTable } from "../components/QualityTable";
import { useLiveAudit } from "../hooks/live-audit";
import { useTrail } from "../hooks/trail";

const PARTS = ["batches", "people", "guideline", "asking", "known"] as const;
const LABELS: Readonly<Record<(typeof PARTS)[number], string>> = { batches: "Batches", people: "How people annotate", guideline: "Guideline", asking: "How it is asked", known: "Known answers" };

function BatchesPart({ desk }: { desk: Desk }) {
  const { role } = useStudy();
  const { data, isPending, error, refetch } = useQuery(batchesQuery(desk));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return (
    <div className="annotation-part">
      {data.batches.length === 0 && <EmptyState title="No batch yet"><p>Without a batch everybody who may annotate judges every pair. A batch deals pairs out to chosen people, so many to each pair: they judge these first. Whether others go on with any pair is said under “How it is asked”.</p></EmptyState>}
      {data.batches.map((batch) => <BatchCard key={batch.id} desk={desk} batch={batch} />)}
      {may(role, "write") && <NewBatch desk={desk} found={data} />}
    </div>
  );
}

/** Draws the parts; the address says which. */
export function AnnotationPage() {
  const { slug } = useStudy();
  const { auditId: audit = "" } = useParams({ strict: false });
  const crumbs = useTrail(audit);
  const { line } = useLiveAudit(slug, audit);
  const [search, change] = useAddress();
  const desk = useMemo(() => ({ slug, audit }), [slug, audit]);
  return (
    <Page title="Annotation" crumbs={crumbs} actions={<><Live state={line} /><Anchor href={studyPath(slug, `audits/${audit}/verdicts.csv`)} download>All verdicts as CSV</Anchor></>}>
      <Tabs value={choiceFrom(search, "part", PARTS)} onChange={(part) => { change({ part: part ?? undefined }); }} keepMounted={false}>
        <Tabs.List aria-label="Parts of annotation">{PARTS.map((part) => <Tabs.Tab key={part} value={part}>{LABELS[part]}</Tabs.Tab>)}</Tabs.List>
        <Tabs.Panel value="batches" pt="md"><BatchesPart desk={desk} /></Tabs.Panel>
        <Tabs.Panel value="people" pt="md"><QualityTable desk={desk} /></Tabs.Panel>
        <Tabs.Panel value="guideline" pt="md"><GuidelineEditor desk={desk} /></Tabs.Panel>
        <Tabs.Panel value="asking" pt="md"><AskingEditor desk={desk} /></Tabs.Panel>
        <Tabs.Panel value="known" pt="md"><ProbeList desk={desk} /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
