/** Did it learn anything? Held-out accuracy beside its base and two rules that know nothing, and where it comes from. */
import { count } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Evaluation } from "../api/types";
import { besideBase, beyondLength, calibrationSentence } from "../hooks/evaluation";
import { Rates, type RatesRow } from "./Rates";

const percent = (part: number): string => `${String(Math.round(100 * part))} %`;

function Calibration({ calibration }: { calibration: NonNullable<Evaluation["calibration"]> }) {
  const rows = calibration.bins.map(({ low, high, right }): RatesRow => [`${percent(low)} to ${percent(high)} sure`, right]);
  return <><p>{calibrationSentence(calibration)}</p><Rates title="How often it is right when it is so sure" columns={["It is", "Right"]} rows={rows} /></>;
}

function Details({ evaluation }: { evaluation: Evaluation }) {
  const { base, beyond_length: gap, calibration, by_context: contexts = {}, by_principle: principles = {} } = evaluation;
  const places = Object.entries(contexts).map(([name, rate]): RatesRow => [name === "" ? "No context" : name, rate]);
  return (
    <>
      {base && <p data-measure="beyond-base">{besideBase(base, evaluation.judged_by)}</p>}
      {gap && <p data-measure="beyond-length">{beyondLength(gap)}</p>}
      {calibration && <Calibration calibration={calibration} />}
      {places.length > 1 && <Rates title="Held-out accuracy by context" columns={["Context", "Agrees with the target"]} rows={places} />}
      <Rates title="On the side of each principle, where it prefers a response" columns={["Principle", "The model", "The target"]} rows={Object.entries(principles).map(([name, { model, target }]): RatesRow => [name, model, target])} />
    </>
  );
}

/** Draws the rates side by side, and under them what they are made of. */
export function EvaluationFacts({ evaluation }: { evaluation: Evaluation }) {
  const { accuracy, base, longer, coin } = evaluation;
  return (
    <section aria-label="Evaluation" className="evaluation">
      <dl className="facts">
        <div className="fact" data-measure="accuracy"><dt>Held-out accuracy</dt><dd><NumberWithInterval {...accuracy} /></dd></div>
        {base && <div className="fact" data-measure="base"><dt>Its base, before training</dt><dd><NumberWithInterval {...base.accuracy} /></dd></div>}
        <div className="fact" data-measure="longer"><dt>The longer response wins</dt><dd><NumberWithInterval {...longer} /></dd></div>
        <div className="fact" data-measure="coin"><dt>A coin</dt><dd><NumberWithInterval {...coin} /></dd></div>
      </dl>
      {evaluation.ties_left_out > 0 && <p className="note">{count(evaluation.ties_left_out)} ties in the target are left out of all of them.</p>}
      <Details evaluation={evaluation} />
    </section>
  );
}
