/** What a figure rests on where an algorithm said what the principles prefer: how it does beside people. */
import type { Basis } from "../api/types";

/** Draws the sentence; nothing where people judged by principle. */
export function BasisNote({ basis }: { basis: Basis }) {
  if (basis.sentence === "") return null;
  return <p className="basis-note"><strong>Rests on an algorithm.</strong> {basis.sentence}</p>;
}
