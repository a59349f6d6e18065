/** Who judges an audit: people and algorithms, how far each is, and the form that lets another algorithm judge. */
import "@/styles/discretion.css";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { useAuditTitle } from "../api/audits";
import { AlgorithmForm } from "../components/AlgorithmForm";
import { StandingTable } from "../components/StandingTable";
import { useLiveAnnotators } from "../hooks/live-annotators";

/** Draws the table and the form. */
export function AnnotatorsPage() {
  const { slug, title: study, role } = useStudy();
  const { auditId = "" } = useParams({ strict: false });
  const audit = useAuditTitle(slug, auditId) ?? "Audit";
  const { result, line } = useLiveAnnotators(slug, auditId);
  const { data, isPending, error, refetch } = result;
  const crumbs = useMemo(() => [
    { label: study, to: `/studies/${slug}` },
    { label: "Discretion", to: `/studies/${slug}/discretion` },
    { label: audit, to: `/studies/${slug}/discretion/${auditId}` },
  ], [study, slug, audit, auditId]);
  return (
    <Page title="Annotators" crumbs={crumbs} lede="People and algorithms are measured by the same ruler. Coverage is the share of all pairs that one decided overall." actions={<Live state={line} />}>
      <div className="annotators">
        {isPending && <TableSkeleton />}
        {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
        {data?.annotators.length === 0 && <EmptyState title="Nobody has judged yet"><p>People judge under Annotate or come in with a file; an algorithm is added here.</p></EmptyState>}
        {data && data.annotators.length > 0 && <StandingTable audit={auditId} rows={data.annotators} />}
        {may(role, "write") && <AlgorithmForm audit={auditId} />}
      </div>
    </Page>
  );
}
