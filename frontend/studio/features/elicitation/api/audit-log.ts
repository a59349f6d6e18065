/** Who did and read what in a study. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { AuditEntry } from "./types";

/** The newest entries. */
export function auditLogQuery(slug: string) {
  return queryOptions({
    queryKey: ["audit-log", slug],
    queryFn: ({ signal }) => request<AuditEntry[]>(studyPath(slug, "audit-log/"), { signal }),
  });
}
