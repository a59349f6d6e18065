/** How far people agree with each other, chance taken out. */
import { count } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Alpha, Measures } from "../api/types";

function AlphaFact({ label, alpha, rows }: { label: string; alpha: Alpha; rows: string }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd><NumberWithInterval digits={3} value={alpha.value} low={alpha.low} high={alpha.high} rows={alpha.value === null ? undefined : rows} /></dd>
      <dd className="fact-note">{alpha.note === "" ? `${count(alpha.n_ratings)} ratings of ${count(alpha.n_units)} comparisons` : alpha.note}</dd>
    </div>
  );
}

/** Draws alpha on both scales and the share of unanimous comparisons. */
export function AgreementPanel({ agreement, differ, alike }: { agreement: Measures["agreement"]; differ: string; alike: string }) {
  return (
    <section aria-label="Agreement among people">
      <dl className="facts">
        <AlphaFact label="Krippendorff’s alpha, nominal" alpha={agreement.alpha_nominal} rows={differ} />
        <AlphaFact label="Krippendorff’s alpha, ordinal" alpha={agreement.alpha_ordinal} rows={differ} />
        <div className="fact"><dt>Unanimous</dt><dd><NumberWithInterval {...agreement.unanimous} digits={3} rows={agreement.unanimous.n > 0 ? alike : undefined} /></dd></div>
      </dl>
    </section>
  );
}
