/** What a figure rests on where an algorithm said what the principles prefer: how it does beside people. */
import type { Basis } from "../api/types";

function short({ name, sampled, kappa: { value, low, high } }: Basis["oracles"][number]): string {
  if (sampled === 0) return `${name}: no person judged a sample of its votes.`;
  if (value === null) return `${name}: ${sampled.toLocaleString()} of its votes judged by people, kappa not defined.`;
  return `${name}: kappa with people ${value.toFixed(2)} [${(low ?? value).toFixed(2)}, ${(high ?? value).toFixed(2)}], n = ${sampled.toLocaleString()}.`;
}

/** Draws the sentence, or its short form under a figure; nothing where people judged by principle. */
export function BasisNote({ basis, brief = false }: { basis: Basis; brief?: boolean }) {
  if (basis.sentence === "") return null;
  return <p className="basis-note"><strong>Rests on an algorithm.</strong> {brief ? basis.oracles.map(short).join(" ") : basis.sentence}</p>;
}
