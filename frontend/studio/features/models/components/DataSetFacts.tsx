/** What is in a data set: counts, what was left out and why, balance, length. */
import { count, decimal } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { DataSet, Side } from "../api/types";

function share(part: number, whole: number): string {
  return whole === 0 ? "–" : `${decimal((100 * part) / whole, 1)} %`;
}

function SideRow({ name, side }: { name: string; side: Side }) {
  return (
    <tr>
      <th scope="row">{name.replaceAll("_", " ")}</th>
      <td className="is-numeric">{count(side.n)}</td>
      <td className="is-numeric">{share(side.prefers_a, side.n)}</td>
      <td className="is-numeric">{count(side.ties)}</td>
      <td className="is-numeric"><NumberWithInterval {...side.longer_preferred} /></td>
    </tr>
  );
}

/** Where every pair prefers the same side: a file of chosen and rejected puts the chosen one first. */
function OneSided({ composition: { train } }: Pick<DataSet, "composition">) {
  if (train.n === 0 || (train.prefers_a !== train.n && train.prefers_b !== train.n)) return null;
  return <p className="note">Every pair prefers {train.prefers_a > 0 ? "A" : "B"}, as in files that name a chosen and a rejected response. No method here sees which response stood first, so that this teaches nothing.</p>;
}

/** Draws the counts and the balance. */
export function DataSetFacts({ dataSet }: { dataSet: DataSet }) {
  const reasons = Object.entries(dataSet.left_out).filter(([, n]) => n > 0);
  return (
    <>
      <dl className="facts">
        <div className="fact"><dt>Train</dt><dd>{count(dataSet.train_count)}</dd></div>
        <div className="fact"><dt>Held out</dt><dd>{count(dataSet.held_out_count)}</dd></div>
        <div className="fact"><dt>Left out</dt><dd>{count(reasons.reduce((sum, [, n]) => sum + n, 0))}</dd></div>
        <div className="fact"><dt>Hash</dt><dd><code>{dataSet.hash.slice(0, 12)}</code></dd></div>
      </dl>
      {reasons.length > 0 && (
        <section aria-label="Left out" className="prose">
          <h2>Left out, and why</h2>
          <ul>{reasons.map(([reason, n]) => <li key={reason}>{count(n)}: {reason.replaceAll("_", " ")}</li>)}</ul>
        </section>
      )}
      <div className="data-table-frame" tabIndex={0} role="region" aria-label="Balance">
        <table className="data-table">
          <caption className="visually-hidden">Balance of each side</caption>
          <thead><tr><th scope="col">Side</th><th scope="col" className="is-numeric">Pairs</th><th scope="col" className="is-numeric">Prefer A</th><th scope="col" className="is-numeric">Ties</th><th scope="col" className="is-numeric">Prefer the longer</th></tr></thead>
          <tbody>{Object.entries(dataSet.composition).map(([name, side]) => <SideRow key={name} name={name} side={side} />)}</tbody>
        </table>
      </div>
      <OneSided composition={dataSet.composition} />
    </>
  );
}
