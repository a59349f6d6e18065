/** A figure with the note of what it rests on, where that is an algorithm. */
import type { ReactNode } from "react";
import type { Basis } from "../api/types";

/** What is known of the oracle, in one line: kappa with people and position bias, each with its n. */
export function OracleLine({ basis }: { basis: Basis }) {
  if (basis.brief === "") return null;
  return <p className="basis-note"><strong>Rests on an algorithm.</strong> {basis.brief}</p>;
}

/** Draws the figure, and the line below it. */
export function RestsOn({ basis, children }: { basis: Basis; children: ReactNode }) {
  return <div className="rests-on">{children}<OracleLine basis={basis} /></div>;
}
