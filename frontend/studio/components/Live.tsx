/** Whether a screen follows what happens, said in a word. */
import type { LineState } from "@/lib/socket";

const WORDS: Record<LineState, string> = {
  connecting: "Connecting",
  live: "Live",
  waiting: "Reconnecting",
  refused: "Not live: reload the page",
  closed: "",
};

/** Shows the state of a stream. */
export function Live({ state }: { state: LineState }) {
  if (state === "closed") return null;
  return <span className={`live is-${state}`} role="status">{WORDS[state]}</span>;
}
