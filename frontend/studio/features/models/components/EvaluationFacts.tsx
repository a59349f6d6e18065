/** Did it learn anything? Held-out accuracy beside two rules that know nothing, and where it comes from. */
import { count } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Evaluation, Rate } from "../api/types";
import { beyondLength, calibrationSentence, lengthSentence } from "../hooks/evaluation";

type Row = readonly [name: string, ...rates: readonly Rate[]];

function Rates({ title, columns, rows }: { title: string; columns: readonly string[]; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <div className="data-table-frame" tabIndex={0} role="region" aria-label={title}>
      <table className="data-table">
        <caption className="visually-hidden">{title}</caption>
        <thead><tr>{columns.map((column, place) => <th key={column} scope="col" className={place > 0 ? "is-numeric" : undefined}>{column}</th>)}</tr></thead>
        <tbody>{rows.map(([name, ...rates]) => <tr key={name}><th scope="row">{name}</th>{rates.map((rate, place) => <td key={columns[place + 1]} className="is-numeric"><NumberWithInterval {...rate} /></td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

const percent = (part: number): string => `${String(Math.round(100 * part))} %`;

function Calibration({ calibration }: { calibration: NonNullable<Evaluation["calibration"]> }) {
  const rows = calibration.bins.map(({ low, high, right }): Row => [`${percent(low)} to ${percent(high)} sure`, right]);
  return <><p>{calibrationSentence(calibration)}</p><Rates title="How often it is right when it is so sure" columns={["It is", "Right"]} rows={rows} /></>;
}

function Details({ evaluation }: { evaluation: Evaluation }) {
  const { beyond_length: gap, calibration, length, by_context: contexts = {}, by_principle: principles = {} } = evaluation;
  const places = Object.entries(contexts).map(([name, rate]): Row => [name === "" ? "No context" : name, rate]);
  return (
    <>
      {gap && <p data-measure="beyond-length">{beyondLength(gap)}</p>}
      {length && <p>{lengthSentence(length)}</p>}
      {calibration && <Calibration calibration={calibration} />}
      {places.length > 1 && <Rates title="Held-out accuracy by context" columns={["Context", "Agrees with the target"]} rows={places} />}
      <Rates title="On the side of each principle, where it prefers a response" columns={["Principle", "The model", "The target"]} rows={Object.entries(principles).map(([name, { model, target }]): Row => [name, model, target])} />
    </>
  );
}

/** Draws the three rates side by side, and under them what they are made of. */
export function EvaluationFacts({ evaluation }: { evaluation: Evaluation }) {
  return (
    <section aria-label="Evaluation" className="evaluation">
      <dl className="facts">
        <div className="fact" data-measure="accuracy"><dt>Held-out accuracy</dt><dd><NumberWithInterval {...evaluation.accuracy} /></dd></div>
        <div className="fact" data-measure="longer"><dt>The longer response wins</dt><dd><NumberWithInterval {...evaluation.longer} /></dd></div>
        <div className="fact" data-measure="coin"><dt>A coin</dt><dd><NumberWithInterval {...evaluation.coin} /></dd></div>
      </dl>
      {evaluation.ties_left_out > 0 && <p className="note">{count(evaluation.ties_left_out)} ties in the target are left out of all three.</p>}
      <Details evaluation={evaluation} />
    </section>
  );
}
