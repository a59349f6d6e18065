/** Did it learn its target? One sentence, what it is laid beside in one table, and where its agreement comes from. */
import { count } from "@/lib/numbers";
import type { Evaluation } from "../api/types";
import { besideBase, beyondCoin, beyondLength, beyondLuck, calibrationSentence, learned, luckSentence, type Verdict, verdictOf, writesSentence } from "../hooks/evaluation";
import { type RatesRow, Rates, RateWithReach, TitledTable } from "./Rates";
import type { Rate } from "../api/types";

const percent = (part: number): string => `${String(Math.round(100 * part))} %`;
const COLUMNS = ["On the same held-out pairs", "Agrees with the target", "The checkpoint beside it"];

interface Beside {
  measure: string;
  name: string;
  rate: Rate;
  verdict?: Verdict;
}

/** What the checkpoint is laid beside, the strictest yardstick first. */
function besides({ accuracy, luck, base, longer, coin, beyond_length: gap, n }: Evaluation): Beside[] {
  const { mean, low, high } = luck ?? {};
  const tossed = luck?.applies && mean !== undefined && low !== undefined && high !== undefined ? [{ measure: "luck", name: "Taught tossed targets: the mean, and where 95 % lie", rate: { value: mean, low, high, n }, verdict: beyondLuck(luck) }] : [];
  return [
    { measure: "accuracy", name: "The checkpoint", rate: accuracy },
    ...tossed,
    ...(base ? [{ measure: "base", name: `Its base, by ${base.by}`, rate: base.accuracy, verdict: verdictOf(base.gap) }] : []),
    { measure: "longer", name: "The longer response wins", rate: longer, verdict: verdictOf(gap) },
    { measure: "coin", name: "A coin", rate: coin, verdict: beyondCoin(accuracy) },
  ];
}

function SideBySide({ evaluation }: { evaluation: Evaluation }) {
  return (
    <TitledTable title="The checkpoint and what knows less" columns={COLUMNS}>
      {besides(evaluation).map(({ measure, name, rate, verdict }) => (
        <tr key={measure} data-measure={measure}>
          <th scope="row">{name}</th>
          <td data-label={COLUMNS[1]} className="is-numeric"><RateWithReach rate={rate} /></td>
          <td data-label={COLUMNS[2]} className="is-numeric">{verdict && <div><span className={`badge ${verdict.tone}`}>{verdict.word}</span><span className="verdict-note">{verdict.note}</span></div>}</td>
        </tr>
      ))}
    </TitledTable>
  );
}

function Calibration({ calibration }: { calibration: NonNullable<Evaluation["calibration"]> }) {
  const rows = calibration.bins.map(({ low, high, right }): RatesRow => [`${percent(low)} to ${percent(high)} sure`, right]);
  return <><h3>Is it as sure as it is right?</h3><p>{calibrationSentence(calibration)}</p><Rates title="How often it is right when it is so sure" columns={["It is", "Right"]} rows={rows} /></>;
}

function Origins({ evaluation: { by_context: contexts = {}, by_principle: principles = {} } }: { evaluation: Evaluation }) {
  const places = Object.entries(contexts).map(([name, rate]): RatesRow => [name === "" ? "No context" : name, rate]);
  const sides = Object.entries(principles).map(([name, { model, target }]): RatesRow => [name, model, target]);
  if (places.length < 2 && sides.length === 0) return null;
  return (
    <>
      <h3>Where its agreement comes from</h3>
      <p>Each row has its own n. Of many rows, one in twenty lies outside its interval by chance alone.</p>
      {places.length > 1 && <Rates title="Held-out accuracy by context" columns={["Context", "Agrees with the target"]} rows={places} />}
      <Rates title="On the side of each principle, where it prefers a response" columns={["Principle", "The model", "The target"]} rows={sides} />
    </>
  );
}

/** Draws the panel. */
export function EvaluationFacts({ evaluation }: { evaluation: Evaluation }) {
  const { base, beyond_length: gap, calibration, luck, writes } = evaluation;
  return (
    <section aria-label="Did it learn its target?" className="evaluation sheet">
      <h2>Did it learn its target?</h2>
      <p className="finding" data-measure="learned">{learned(evaluation)}</p>
      <SideBySide evaluation={evaluation} />
      {luck?.applies && <p className="note">{luckSentence(luck)}</p>}
      {writes && <p data-measure="writes">{writesSentence(writes)}</p>}
      {base && <p data-measure="beyond-base">{besideBase(base, evaluation.judged_by)}</p>}
      {gap && <p data-measure="beyond-length">{beyondLength(gap)}</p>}
      {evaluation.ties_left_out > 0 && <p className="note">{count(evaluation.ties_left_out)} ties in the target are left out of all of them.</p>}
      {calibration && <Calibration calibration={calibration} />}
      <Origins evaluation={evaluation} />
    </section>
  );
}
