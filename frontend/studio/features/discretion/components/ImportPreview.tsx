/** How the first rows of a file would be read, before anything is kept. */
import { Veiled } from "@/studio/components/Veiled";
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
export function ImportPreview({ preview, veiled = false }: { preview: Preview; veiled?: boolean }) {
  const format = FORMATS.find(({ value }) => value === preview.format)?.label ?? preview.format;
  const dealt = preview.names.includes("chosen");
  return (
    <section aria-label="Preview">
      <p role="status">{preview.message !== "" ? preview.message : `Read as ${format}. The first ${preview.rows.length} rows:`}</p>
      {dealt && <p className="note">The file puts the better response first. A coin, fixed by the texts, deals which one is A, so that its place gives nothing away.</p>}
      {preview.rows.length > 0 && (
        <Veiled veiled={veiled}><div className="data-table-frame import-preview" tabIndex={0} role="region" aria-label="First rows">
          <table className="data-table">
            <thead><tr><th scope="col">Row</th><th scope="col">Prompt</th><th scope="col">Response A</th><th scope="col">Response B</th><th scope="col">Verdicts</th></tr></thead>
            <tbody>
              {preview.rows.map(({ row, prompt, response_a, response_b, verdicts }) => (
                <tr key={row}>
                  <th scope="row">{row}</th>
                  <td><span className="clipped">{short(prompt)}</span></td>
                  <td><span className="clipped">{short(response_a)}</span></td>
                  <td><span className="clipped">{short(response_b)}</span></td>
                  <td>{verdicts.slice(0, 3).map((verdict) => said(verdict)).join("; ")}{verdicts.length > 3 && ` and ${verdicts.length - 3} more`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div></Veiled>
      )}
      {preview.errors.length > 0 && <ul>{preview.errors.map(({ row, reason }) => <li key={row}>Row {row}: {reason}</li>)}</ul>}
    </section>
  );
}
