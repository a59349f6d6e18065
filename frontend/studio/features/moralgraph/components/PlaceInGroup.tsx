/** Where a group of people puts a value; the place opens what is behind it. */
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Placed } from "../hooks/comparing";
import type { Open } from "../hooks/inspecting";

/** One of the groups on the page: its name as the study words it, and what opens its rows. */
export interface Group {
  label: string;
  open: Open;
}

/** Draws the place. */
export function PlaceInGroup({ placed, group }: { placed: Placed | undefined; group: Group }) {
  if (placed === undefined) return "not ranked";
  return <button type="button" className="row-button is-number" onClick={() => { group.open({ kind: "value", id: placed.value }); }}><NumberWithInterval value={placed.score} low={placed.low} high={placed.high} n={placed.n} />, rank {placed.rank}</button>;
}
