/** The comparisons of an audit, filtered by what the principles say about them; the address holds filter and page. */
import "@/styles/discretion.css";
import { NativeSelect, Pagination } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useMemo } from "react";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { countFrom, textFrom, useAddress } from "@/studio/lib/address";
import { useInspector } from "@/studio/shell/inspector";
import { useStudy } from "@/studio/shell/routes";
import { useAuditTitle } from "../api/audits";
import { comparisonQuery, comparisonsQuery, filtersFrom } from "../api/comparisons";
import type { ComparisonRow } from "../api/types";
import { ComparisonBrowser, ComparisonDetail } from "../components/ComparisonDetail";
import { ContextTools } from "../components/ContextTools";

const PAGE_SIZE = 50;
const CATEGORIES = ["", "consensus", "conflict", "indifference"];
const COLUMNS: readonly Column<ComparisonRow>[] = [
  { key: "id", label: "Comparison", cell: ({ external_id }) => external_id },
  { key: "prompt", label: "Prompt", cell: ({ prompt, blurred }) => (blurred ? <span className="note">blurred; open it to see it</span> : <span className="words clipped">{prompt}</span>) },
  { key: "category", label: "Principles", cell: ({ category }) => (category ? <span className={`category is-${category}`}>{category}</span> : "not judged") },
];

/** Whether more than a category restricts the list. */
function isBehindNumber(filters: Readonly<Record<string, string>>): boolean {
  return Object.keys(filters).some((name) => !["category", "standing"].includes(name));
}

/** Opens the comparison that a link names, whatever page of the list it stands on. */
function useNamed(slug: string, audit: string, id: string | undefined): void {
  const { open } = useInspector();
  const { data } = useQuery({ ...comparisonQuery(slug, audit, id ?? ""), enabled: id !== undefined });
  const named = data?.id;
  const show = useEffectEvent(() => { if (data) open({ title: `Comparison ${data.external_id}`, content: <ComparisonDetail slug={slug} audit={audit} comparison={data} /> }); });
  useEffect(() => { if (named !== undefined) show(); }, [named]);
}

/** Draws one page of the table. */
export function ComparisonsPage() {
  const { slug, title: study } = useStudy();
  const { auditId = "" } = useParams({ strict: false });
  const audit = useAuditTitle(slug, auditId) ?? "Audit";
  const [search, change] = useAddress();
  const { open } = useInspector();
  const page = countFrom(search, "page", { least: 1, most: 1_000_000 }) ?? 1;
  const category = textFrom(search, "category");
  const filters = filtersFrom(search);
  useNamed(slug, auditId, textFrom(search, "comparison"));
  const { data, isPending, error, refetch } = useQuery(comparisonsQuery(slug, auditId, { page, filters }));
  const crumbs = useMemo(() => [
    { label: study, to: `/studies/${slug}` },
    { label: "Discretion", to: `/studies/${slug}/discretion` },
    { label: audit, to: `/studies/${slug}/discretion/${auditId}` },
  ], [study, slug, audit, auditId]);
  return (
    <Page title="Comparisons" crumbs={crumbs} lede={isBehindNumber(filters) ? "The comparisons behind one number of the audit." : undefined} actions={isBehindNumber(filters) && <StudioLink to={`/studies/${slug}/discretion/${auditId}/comparisons`}>Show all comparisons</StudioLink>}>
      <NativeSelect label="What the principles say" maw="18rem" data={CATEGORIES.map((value) => ({ value, label: value === "" ? "Anything" : value }))} value={category ?? ""} onChange={(event) => { change({ category: event.currentTarget.value, page: undefined }); }} />
      <ContextTools audit={auditId} rows={data?.results ?? []} />
      {isPending && <TableSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data?.count === 0 && <EmptyState title="No comparison here"><p>Nothing matches this filter, or nothing is imported yet.</p></EmptyState>}
      {data && data.count > 0 && (
        <>
          <DataTable caption="Comparisons" columns={COLUMNS} rows={data.results} rowKey={({ id }) => id} onOpen={(row) => { change({ comparison: undefined }); open({ title: "Comparison", content: <ComparisonBrowser key={row.id} slug={slug} audit={auditId} rows={data.results} first={row.id} /> }); }} />
          <Pagination total={Math.ceil(data.count / PAGE_SIZE)} value={page} onChange={(next) => { change({ page: next }); }} getControlProps={(control) => ({ "aria-label": `${control} page` })} />
        </>
      )}
    </Page>
  );
}
