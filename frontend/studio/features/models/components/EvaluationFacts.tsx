/** Did it learn anything? Held-out accuracy beside two rules that know nothing. */
import { count } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Evaluation } from "../api/types";

/** Draws the three rates side by side. */
export function EvaluationFacts({ evaluation }: { evaluation: Evaluation }) {
  return (
    <section aria-label="Evaluation" className="evaluation">
      <dl className="facts">
        <div className="fact" data-measure="accuracy"><dt>Held-out accuracy</dt><dd><NumberWithInterval {...evaluation.accuracy} /></dd></div>
        <div className="fact" data-measure="longer"><dt>The longer response wins</dt><dd><NumberWithInterval {...evaluation.longer} /></dd></div>
        <div className="fact" data-measure="coin"><dt>A coin</dt><dd><NumberWithInterval {...evaluation.coin} /></dd></div>
      </dl>
      {evaluation.ties_left_out > 0 && <p className="note">{count(evaluation.ties_left_out)} ties in the target are left out of all three.</p>}
    </section>
  );
}
