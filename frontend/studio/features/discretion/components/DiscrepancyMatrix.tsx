/** How far apart everybody's priorities are, with the noise floor drawn in. */
import type { Measures } from "../api/types";

/** Draws discrepancy of everybody to everybody; what the floor cannot tell from no difference is hatched. */
export function DiscrepancyMatrix({ measures }: { measures: Measures }) {
  const { annotators, values } = measures.between;
  const known = [...measures.annotators, ...measures.nulls].find(({ dd }) => dd.floor_p95 !== null)?.dd;
  const floor = known?.floor_p95 ?? null;
  return (
    <section aria-labelledby="discrepancy-title" className="matrix-section">
      <h2 id="discrepancy-title">How far apart priorities are</h2>
      <p>
        0 is the same order of principles, 0.5 unrelated, 1 reversed.{" "}
        {floor === null || known?.floor == null
          ? "The noise floor is not known yet."
          : `${measures.reference.name} differs from itself by ${known.floor.toFixed(2)} on average when the pairs are drawn anew, and by less than ${floor.toFixed(2)} in 95 of 100 draws: hatched cells lie below that and cannot be told from no difference.`}
      </p>
      <div className="data-table-frame" tabIndex={0} role="region" aria-label="Discrepancy between annotators">
        <table className="matrix">
          <thead><tr><td />{annotators.map(({ id, name }) => <th key={id} scope="col">{name}</th>)}</tr></thead>
          <tbody>
            {annotators.map(({ id, name }, row) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {annotators.map((other, column) => {
                  const value = values[row]?.[column] ?? null;
                  const below = row !== column && value !== null && floor !== null && value <= floor;
                  return (
                    <td key={other.id} className={below ? "is-below-floor" : undefined} style={value === null ? undefined : { backgroundColor: `color-mix(in srgb, var(--matrix-against) ${Math.round(value * 50)}%, transparent)` }}>
                      {value === null ? "–" : value.toFixed(2)}
                      {below && <span className="visually-hidden">, below the noise floor</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
