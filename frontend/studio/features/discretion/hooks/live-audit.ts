/** An audit that moves while it is watched. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { auditQuery } from "../api/audits";
import type { Audit } from "../api/types";

const AT_MOST_EVERY_MS = 800;

/** The audit and the state of the line; verdicts come in bursts, so one reading serves several. */
export function useLiveAudit(slug: string, audit: string): { result: UseQueryResult<Audit>; line: LineState } {
  const queries = useQueryClient();
  const result = useQuery(auditQuery(slug, audit));
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  const line = useStream(`study/${slug}/audit/${audit}`, result.data?.seq, () => {
    due.current ??= setTimeout(() => {
      due.current = undefined;
      for (const key of ["audit", "measures", "comparisons", "batches", "quality", "disputes"]) void queries.invalidateQueries({ queryKey: [key, slug, audit] });
    }, AT_MOST_EVERY_MS);
  });
  useEffect(() => () => { clearTimeout(due.current); }, []);
  return { result, line };
}
