/** Where a run stands, in one word. */
import type { RunState } from "../api/types";
import { badgeOf, STATE_WORDS } from "../hooks/states";

/** Draws the badge. */
export function StateBadge({ state }: { state: RunState }) {
  return <span className={badgeOf(state)} data-run-state={state}>{STATE_WORDS[state]}</span>;
}
