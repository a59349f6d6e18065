/** How far apart everybody's priorities are, with the noise floor drawn in. */
import { useAddress, textFrom } from "@/studio/lib/address";
import type { Measures } from "../api/types";
import { DistancePanel } from "./DistancePanel";
import type { AddressOf } from "./MeasuresPanel";

/** The two whose distance is opened, as the address holds them. */
function pairFrom(text: string | undefined): { annotator: string; other: string } | undefined {
  const [annotator, other] = (text ?? "").split("~");
  return annotator && other ? { annotator, other } : undefined;
}

/** Draws discrepancy of everybody to everybody; what the floor cannot tell from no difference is hatched. */
export function DiscrepancyMatrix({ audit, measures, addressOf }: { audit: string; measures: Measures; addressOf: AddressOf }) {
  const [search, change] = useAddress();
  const pair = pairFrom(textFrom(search, "apart"));
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
                      {value === null || row === column
                        ? value === null ? "–" : value.toFixed(2)
                        : <button type="button" className="cell-button" aria-label={`${name} and ${other.name}: ${value.toFixed(2)}; what this is made of`} onClick={() => { change({ apart: `${id}~${other.id}` }); }}>{value.toFixed(2)}</button>}
                      {below && <span className="visually-hidden">, below the noise floor</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pair && <DistancePanel audit={audit} measures={measures} pair={pair} addressOf={addressOf} onClose={() => { change({ apart: undefined }); }} />}
    </section>
  );
}
