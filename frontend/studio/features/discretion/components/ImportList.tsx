/** What was imported, and which rows were not. */
import { count } from "@/lib/numbers";
import type { Import, ImportReport } from "../api/types";

function BadRows({ report }: { report: ImportReport }) {
  if (report.errors.length === 0) return null;
  return (
    <details>
      <summary>{count(report.left_out)} {report.left_out === 1 ? "row" : "rows"} could not be read</summary>
      <ul>{report.errors.map(({ row, reason }) => <li key={`${row}-${reason}`}>Row {row}: {reason}</li>)}</ul>
    </details>
  );
}

/** Draws one line an import. */
export function ImportList({ imports }: { imports: readonly Import[] }) {
  if (imports.length === 0) return <p>Nothing is imported yet.</p>;
  return (
    <ul className="import-list" aria-label="Imports">
      {imports.map(({ id, filename, format, state, report }) => (
        <li key={id}>
          <strong>{filename}</strong> <span className="badge">{format}</span> <span className={state === "refused" ? "badge is-bad" : "badge"}>{state}</span>
          {report && <p>{report.message !== "" ? report.message : `${count(report.kept)} of ${count(report.read)} rows kept.`}</p>}
          {report && <BadRows report={report} />}
        </li>
      ))}
    </ul>
  );
}
