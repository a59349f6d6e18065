/** Where people disagree, the most disputed first: everybody's verdicts with reasons, and a decision with its cause. */
import "@/styles/discretion.css";
import "@/styles/annotate.css";
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { ANSWERS } from "@/studio/lib/answers";
import { choiceFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { useInspector } from "@/studio/shell/inspector";
import { useStudy } from "@/studio/shell/routes";
import { disputesQuery } from "../api/disputes";
import type { Desk } from "../api/next";
import type { Dispute, Verdict } from "../api/types";
import { ComparisonDetail } from "../components/ComparisonDetail";
import { DecisionForm, Decisions } from "../components/DecisionForm";
import { useTrail } from "../hooks/trail";
import { CAUSES } from "../hooks/words";

const STATES = ["open", "decided"] as const;

function countsText({ counts, cannot_tell }: Dispute): string {
  const said = Object.entries({ ...counts, cannot_tell }).filter(([, times]) => times > 0);
  return said.map(([answer, times]) => `${ANSWERS[answer as Verdict["answer"]]} ${times}`).join(", ");
}

const COLUMNS: readonly Column<Dispute>[] = [
  { key: "id", label: "Comparison", cell: ({ external_id }) => external_id },
  { key: "prompt", label: "Prompt", cell: ({ prompt }) => <span className="words clipped">{prompt}</span> },
  { key: "said", label: "People said", cell: (row) => countsText(row) },
  { key: "dispute", label: "Dispute", numeric: true, cell: ({ dispute, ratings }) => `${decimal(dispute)},\u00a0n\u00a0=\u00a0${ratings}`, sortBy: ({ dispute }) => dispute },
  { key: "decision", label: "Decision", cell: ({ decision }) => (decision === null ? "" : CAUSES[decision.cause]) },
];

function Opened({ desk, row, canWrite }: { desk: Desk; row: Dispute; canWrite: boolean }) {
  return (
    <>
      <ComparisonDetail slug={desk.slug} audit={desk.audit} comparison={row} />
      <h3>Decision</h3>
      <Decisions desk={desk} comparison={row.id} />
      {canWrite && <DecisionForm desk={desk} comparison={row.id} />}
    </>
  );
}

/** Draws the queue; a row opens in the inspector. */
export function DisputesPage() {
  const { slug, role } = useStudy();
  const { auditId: audit = "" } = useParams({ strict: false });
  const crumbs = useTrail(audit);
  const [search, change] = useAddress();
  const state = choiceFrom(search, "state", STATES);
  const desk = useMemo(() => ({ slug, audit }), [slug, audit]);
  const { data, isPending, error, refetch } = useQuery(disputesQuery(desk, state === "decided"));
  const { open } = useInspector();
  return (
    <Page title="Disagreements" crumbs={crumbs} lede="Dispute is the share of pairs of people who gave different answers to one comparison. A decision stands beside the verdicts and changes none of them.">
      <SegmentedControl aria-label="Which" className="dispute-state" data={[{ value: "open", label: "To decide" }, { value: "decided", label: "Decided" }]} value={state} onChange={(next) => { change({ state: next }); }} />
      {isPending && <TableSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data?.length === 0 && <EmptyState title={state === "open" ? "No disagreement waits" : "Nothing is decided yet"}><p>{state === "open" ? "Where two people or more judge one comparison and differ, it appears here." : "Decisions on disagreements appear here."}</p></EmptyState>}
      {data && data.length > 0 && (
        <DataTable caption="Comparisons that people disagree on" stacks columns={COLUMNS} rows={data} rowKey={({ id }) => id} onOpen={(row) => { open({ title: row.external_id, content: <Opened key={row.id} desk={desk} row={row} canWrite={may(role, "write")} /> }); }} />
      )}
    </Page>
  );
}
