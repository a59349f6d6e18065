/** How the first rows of a file would be read, before anything is kept. */
import type { ImportPreview as Preview } from "../api/types";
import { FORMATS } from "../api/imports";

const SHOWN = 160;

function short(text: string | null): string {
  if (text === null) return "of a pair that is there already";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function said({ annotator, principle, answer }: Preview["rows"][number]["verdicts"][number]): string {
  return principle === "" ? `${annotator}: ${answer}` : `${principle}: ${answer}`;
}

/** Draws the recognised format, the rows as a table, and what cannot be read. */
export function ImportPreview({ preview }: { preview: Preview }) {
  const format = FORMATS.find(({ value }) => value === preview.format)?.label ?? preview.format;
  return (
    <section aria-label="Preview">
      <p role="status">{preview.message !== "" ? preview.message : `Read as ${format}. The first ${preview.rows.length} rows:`}</p>
      {preview.rows.length > 0 && (
        <div className="data-table-frame" tabIndex={0} role="region" aria-label="First rows">
          <table className="data-table">
            <thead><tr><th scope="col">Row</th><th scope="col">Prompt</th><th scope="col">Response A</th><th scope="col">Response B</th><th scope="col">Verdicts</th></tr></thead>
            <tbody>
              {preview.rows.map(({ row, prompt, response_a, response_b, verdicts }) => (
                <tr key={row}>
                  <th scope="row">{row}</th>
                  <td>{short(prompt)}</td>
                  <td>{short(response_a)}</td>
                  <td>{short(response_b)}</td>
                  <td>{verdicts.slice(0, 3).map((verdict) => said(verdict)).join("; ")}{verdicts.length > 3 && ` and ${verdicts.length - 3} more`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {preview.errors.length > 0 && <ul>{preview.errors.map(({ row, reason }) => <li key={row}>Row {row}: {reason}</li>)}</ul>}
    </section>
  );
}
