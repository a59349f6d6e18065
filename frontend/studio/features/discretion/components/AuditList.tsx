/** The audits of a study as sheets of paper. */
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { AuditRow } from "../api/types";

/** Draws them; an annotator goes straight to the desk. */
export function AuditList({ audits }: { audits: readonly AuditRow[] }) {
  const { slug, role } = useStudy();
  const at = (id: number): string => `/studies/${slug}/discretion/${id}`;
  const reads = may(role, "read");
  return (
    <ul className="study-list" aria-label="Audits">
      {audits.map(({ id, title, created_at, withdrawn }) => (
        <li key={id} className="study-sheet">
          <StudioLink to={reads ? at(id) : `${at(id)}/annotate`} className="study-sheet-title">{title}</StudioLink>
          <p>Begun {new Date(created_at).toLocaleDateString()}.{!reads && " Opens your next comparison."}</p>
          {withdrawn > 0 && <p><span className="badge is-warning">{withdrawn.toLocaleString()} withdrawn since</span></p>}
        </li>
      ))}
    </ul>
  );
}
