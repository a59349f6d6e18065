/** The report of what is on the page: a page that stands alone, and every number as a file. */
import { useStudy } from "@/studio/shell/routes";
import { reportAddress } from "../api/measures";
import type { Measures } from "../api/types";
import { useControls } from "../hooks/controls";

const KINDS = [["html", "Report as one page (HTML)"], ["csv", "Every number as CSV"], ["json", "Every number as JSON"]] as const;

/** Draws the links, and what the numbers are of. */
export function ReportLinks({ audit, measures }: { audit: string; measures: Measures }) {
  const { slug } = useStudy();
  const [controls] = useControls();
  return (
    <section aria-labelledby="report-title" className="prose">
      <h2 id="report-title">Report</h2>
      <ul className="report-links">{KINDS.map(([kind, label]) => <li key={kind}><a href={reportAddress(slug, audit, controls, kind)} download>{label}</a></li>)}</ul>
      <p className="floor">Rule {measures.rule}, version {measures.version}, data <span className="data-hash">{measures.data_hash.slice(0, 16)}</span></p>
    </section>
  );
}
