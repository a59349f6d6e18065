/** Who said what of the same pairs: an annotator beside the reference; every cell opens its comparisons. */
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { StudioLink } from "@/studio/components/StudioLink";
import type { AnnotatorMeasures } from "../api/types";

const SAID = [{ key: "a", label: "A" }, { key: "neither", label: "Neither" }, { key: "b", label: "B" }] as const;

interface Props {
  annotator: AnnotatorMeasures;
  reference: string;
  /** Where those are listed that the two decide otherwise. */
  differ: string;
  addressOf: (answer: string, referenceAnswer: string) => string;
}

/** Draws the three by three counts. */
export function ConfusionTable({ annotator, reference, differ, addressOf }: Props) {
  const { counts, agreement } = annotator.confusion;
  return (
    <section aria-label={`${annotator.name} beside ${reference}`} className="matrix-section">
      <h3>{annotator.name} beside {reference}</h3>
      <p>Where both decide, they agree in <NumberWithInterval value={agreement.value} low={agreement.low} high={agreement.high} n={agreement.n} />. <StudioLink to={differ}>Open those on which they differ</StudioLink>.</p>
      <div className="data-table-frame" tabIndex={0} role="region" aria-label={`Answers of ${annotator.name} and ${reference}`}>
        <table className="matrix">
          <thead><tr><td />{SAID.map(({ key, label }) => <th key={key} scope="col">{reference}: {label}</th>)}</tr></thead>
          <tbody>
            {SAID.map(({ key, label }, row) => (
              <tr key={key}>
                <th scope="row">{annotator.name}: {label}</th>
                {SAID.map((other, column) => (
                  <td key={other.key}><StudioLink to={addressOf(key, other.key)} aria-label={`${counts[row]?.[column] ?? 0} pairs: ${annotator.name} ${label}, ${reference} ${other.label}`}>{(counts[row]?.[column] ?? 0).toLocaleString()}</StudioLink></td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
