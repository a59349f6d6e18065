/** The Discretion workspace: the audits of a study. */
import "@/styles/discretion.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { CardsSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { auditsQuery } from "../api/audits";
import { AuditList } from "../components/AuditList";
import { NewAudit } from "../components/NewAudit";

/** Draws the list and, for those who may, the form for a new one. */
export function AuditsPage() {
  const { slug, title, role } = useStudy();
  const { data, isPending, error, refetch } = useQuery(auditsQuery(slug));
  const crumbs = useMemo(() => (may(role, "read") ? [{ label: title, to: `/studies/${slug}` }] : []), [title, slug, role]);
  return (
    <Page title="Discretion" crumbs={crumbs} lede="An audit compares what principles say about pairs of responses with what people and algorithms decide. Where principles conflict or are silent, the decision is discretion.">
      {isPending && <CardsSkeleton count={2} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data?.length === 0 && (
        <EmptyState title="No audit yet">
          <p>{may(role, "write") ? "Begin one below, then import comparisons with the verdicts of people and of algorithms." : "A researcher begins audits; they appear here."}</p>
        </EmptyState>
      )}
      {data && data.length > 0 && <AuditList audits={data} />}
      {may(role, "write") && <NewAudit />}
    </Page>
  );
}
