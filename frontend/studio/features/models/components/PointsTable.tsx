/** Every point of a chart as a table. */
import { decimal } from "@/lib/numbers";
import type { Point } from "../hooks/points";

/** Draws one row a point, in the order of the steps. */
export function PointsTable({ caption, series }: { caption: string; series: readonly Point[] }) {
  return (
    <div className="data-table-frame points-table" tabIndex={0} role="region" aria-label={caption}>
      <table className="data-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead><tr><th scope="col" className="is-numeric">Step</th><th scope="col" className="is-numeric">Value</th></tr></thead>
        <tbody>
          {series.map(({ step, value }) => (
            <tr key={step}><td className="is-numeric">{step}</td><td className="is-numeric">{decimal(value, 4)}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
