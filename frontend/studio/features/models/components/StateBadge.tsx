/** Where a run stands, in one word. */
import type { RunState } from "../api/types";
import { badgeOf, STATE_WORDS } from "../hooks/states";

/** Draws the badge; a run that is away has ended here and trains elsewhere. */
export function StateBadge({ state, away = null }: { state: RunState; away?: string | null }) {
  if (away !== null) return <span className="badge is-active" data-run-state="away">Trains elsewhere</span>;
  return <span className={badgeOf(state)} data-run-state={state}>{STATE_WORDS[state]}</span>;
}
