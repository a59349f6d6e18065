/** Who did and read what in the study. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { auditLogQuery } from "../api/audit-log";
import type { AuditEntry } from "../api/types";

const ACTIONS: Readonly<Record<string, string>> = {
  "code.changed": "changed a code",
  "code.created": "made a code",
  "context.created": "made a context",
  "export.asked": "asked for an export",
  "export.fetched": "fetched the file of an export",
  "export.made": "got an export",
  "export.outdated": "somebody withdrew: an export is out of date, and its file was deleted",
  "export.removed": "removed the file of an export",
  "graph.snapshot": "took a snapshot of the graph",
  "merge.objected": "a participant said that a merge is wrong; their card stands for itself again",
  "member.added": "added a member",
  "member.changed": "gave a member another role",
  "member.removed": "removed a member",
  "participant.extended": "gave a participant three questions more",
  "participant.paused": "asked a participant to wait",
  "participant.released": "let a participant finish early",
  "participant.went_on": "let a participant go on",
  "passage.changed": "changed a note on a transcript",
  "passage.marked": "noted something on a transcript",
  "passage.removed": "took a note on a transcript away",
  "passages.read": "read the passages with a code",
  "protocol.saved": "saved the protocol",
  "study.closed": "closed the study",
  "study.created": "made the study",
  "study.open": "opened the study",
  "study.paused": "paused the study",
  "study.pilot": "opened the study for a pilot",
  "study.previewed": "previewed the draft",
  "transcript.read": "read a transcript",
  "transcript.read_along": "read along while somebody talked",
  "transcripts.searched": "searched the transcripts",
};

function actionWords(action: string): string {
  return ACTIONS[action] ?? action;
}

const COLUMNS: readonly Column<AuditEntry>[] = [
  { key: "at", label: "When", cell: ({ at }) => new Date(at).toLocaleString(), sortBy: ({ at }) => at },
  { key: "actor", label: "Who", cell: ({ actor }) => actor ?? "the system", sortBy: ({ actor }) => actor },
  { key: "action", label: "Did", cell: ({ action }) => actionWords(action), sortBy: ({ action }) => action },
  { key: "subject", label: "To what", cell: ({ subject }) => subject },
  { key: "detail", label: "Detail", cell: ({ detail }) => (Object.keys(detail as object).length > 0 ? <code>{JSON.stringify(detail)}</code> : "") },
];

/** Draws the newest entries. */
export function AuditLogPage() {
  const { slug, title } = useStudy();
  const { data, isPending, error, refetch } = useQuery(auditLogQuery(slug));
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  return (
    <Page title="Audit log" crumbs={crumbs} lede="Reads of transcripts and acts that others rely on; never changed, never deleted. The newest 500.">
      {isPending && <TableSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data?.length === 0 && <EmptyState title="Nothing is written here yet" />}
      {data && data.length > 0 && <DataTable caption="Audit log" columns={COLUMNS} rows={data} rowKey={({ at, action, subject }) => `${at} ${action} ${subject}`} />}
    </Page>
  );
}
