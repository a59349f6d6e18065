/** Exports of a study: ask for one, follow it, fetch it, remove it. */
import "@/styles/study.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { exportsQuery } from "../api/exports";
import { ExportForm } from "../components/ExportForm";
import { ExportList } from "../components/ExportList";

const LEDE = "The study’s rows with a codebook, for a purpose that people agreed to. When somebody withdraws, files that may hold their words are deleted here; delete the copies that you downloaded as well.";

/** Draws the form beside the list; whoever only reads sees the list. */
export function ExportPage() {
  const { slug, title, role } = useStudy();
  const { data, isPending, error, refetch } = useQuery(exportsQuery(slug));
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  const writes = may(role, "write");
  const manages = may(role, "manage");
  return (
    <Page title="Export" crumbs={crumbs} lede={LEDE}>
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <div className="export-desk">
          {writes && <ExportForm slug={slug} exports={data} manages={manages} />}
          <ExportList slug={slug} exports={data} writes={writes} manages={manages} />
        </div>
      )}
    </Page>
  );
}
