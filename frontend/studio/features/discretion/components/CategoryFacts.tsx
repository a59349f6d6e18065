/** What the principles say together: they agree, they conflict, or they are silent. */
import { count } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { AnnotatorMeasures, Measures } from "../api/types";
import { againstCell } from "../hooks/counted-cells";
import type { AddressOf } from "./MeasuresPanel";

const CATEGORIES = [
  ["consensus", "Consensus"],
  ["conflict", "Conflict"],
  ["indifference", "Indifference"],
] as const;

/** Draws the three counts and the people's arbitrariness. */
export function CategoryFacts({ measures, people, minActive, addressOf }: { measures: Measures; people?: AnnotatorMeasures; minActive: number; addressOf: AddressOf }) {
  return (
    <dl className="facts" aria-label="Categories and arbitrariness">
      {CATEGORIES.map(([name, label]) => {
        const rate = measures.categories[name];
        return (
          <div key={name} className="fact" data-category={name} data-count={rate.count}>
            <dt><span className={`category is-${name}`}>{label}</span></dt>
            <dd>{count(rate.count)}</dd>
            <dd className="fact-note"><NumberWithInterval {...rate} rows={addressOf({ category: name })} /></dd>
          </div>
        );
      })}
      {people && (
        <div className="fact" data-measure="arbitrariness" data-n={people.da.n}>
          <dt>Arbitrariness of people</dt>
          <dd><NumberWithInterval {...people.da} rows={people.da.value === null ? undefined : addressOf(againstCell("people", { minActive }))} /></dd>
          <dd className="fact-note">share of consensus pairs decided against the principles</dd>
        </div>
      )}
    </dl>
  );
}
