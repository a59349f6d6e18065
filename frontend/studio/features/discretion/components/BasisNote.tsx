/** What the audit rests on where an algorithm said what the principles prefer: how it does beside people. */
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Basis } from "../api/types";

/** Kappa with people by each principle of which a sample was judged. */
function ByPrinciple({ basis, titles }: { basis: Basis; titles: ReadonlyMap<string, string> }) {
  const judged = basis.oracles.flatMap(({ id, by_principle }) => by_principle.filter(({ kappa }) => kappa.n_units > 0).map((item) => ({ id, ...item })));
  if (judged.length === 0) return null;
  return (
    <details>
      <summary>By principle</summary>
      <ul className="plain-list">{judged.map(({ id, principle, kappa }) => <li key={`${id}|${principle}`}>{titles.get(principle)}: {kappa.value === null ? kappa.note : <NumberWithInterval value={kappa.value} low={kappa.low} high={kappa.high} n={kappa.n_units} />}</li>)}</ul>
    </details>
  );
}

/** Draws all that is known of the oracle; nothing where people judged by principle. */
export function BasisNote({ basis, titles }: { basis: Basis; titles: ReadonlyMap<string, string> }) {
  if (basis.sentence === "") return null;
  return (
    <div className="basis-note">
      <p><strong>Rests on an algorithm.</strong> {basis.sentence}</p>
      {basis.oracles.some(({ sampled }) => sampled === 0) && <p>Deal a batch of pairs out to people and have them judge by principle: what they say is compared here as it comes.</p>}
      <ByPrinciple basis={basis} titles={titles} />
    </div>
  );
}
