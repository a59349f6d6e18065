/** The way to a screen of an audit. */
import { useMemo } from "react";
import type { Crumb } from "@/studio/components/Page";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { useAuditTitle } from "../api/audits";

/** The breadcrumb of a screen inside an audit; an annotator may not open the audit itself, and gets the desk. */
export function useTrail(audit: string): readonly Crumb[] {
  const { slug, title, role } = useStudy();
  const named = useAuditTitle(slug, audit) ?? "Audit";
  return useMemo(() => {
    const at = `/studies/${slug}/discretion`;
    return [
      ...(may(role, "read") ? [{ label: title, to: `/studies/${slug}` }] : []),
      { label: "Discretion", to: at },
      { label: named, to: may(role, "read") ? `${at}/${audit}` : `${at}/${audit}/annotate` },
    ];
  }, [slug, title, role, named, audit]);
}
