/** The parts of an audit as links: each has an address of its own that keeps the reader's controls. */
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { PART_NAMES, PARTS, useParts } from "../hooks/parts";

/** Draws the way through the page. */
export function AuditParts({ audit }: { audit: number }) {
  const { slug } = useStudy();
  const { part, searchOf } = useParts();
  return (
    <nav className="audit-parts" aria-label="Parts of the audit">
      <ul>
        {PARTS.map((name) => (
          <li key={name}>
            <StudioLink to={`/studies/${slug}/discretion/${audit}${searchOf(name)}`} aria-current={name === part ? "page" : undefined}>{PART_NAMES[name]}</StudioLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
