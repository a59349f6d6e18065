/** Every drawn point of a chart as a table: a column a run. */
import { decimal } from "@/lib/numbers";
import { rowsOf, type RunLine } from "../hooks/chart";

/** Draws one row a step, in their order. */
export function PointsTable({ caption, lines }: { caption: string; lines: readonly RunLine[] }) {
  return (
    <div className="data-table-frame points-table" tabIndex={0} role="region" aria-label={caption}>
      <table className="data-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="is-numeric">Step</th>
            {lines.map(({ run }, place) => <th key={place} scope="col" className="is-numeric">{lines.length > 1 ? run : "Value"}</th>)}
          </tr>
        </thead>
        <tbody>
          {rowsOf(lines).map(({ step, values }) => (
            <tr key={step}>
              <td className="is-numeric">{step}</td>
              {values.map((value, place) => <td key={place} className="is-numeric">{decimal(value, 4)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
