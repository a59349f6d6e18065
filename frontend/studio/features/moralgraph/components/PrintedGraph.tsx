/** What is printed of a graph, whichever view is open: its values as a table and everything as sentences. */
import { useSyncExternalStore } from "react";
import { createPortal, flushSync } from "react-dom";
import type { Graph } from "../api/types";
import { SentenceList } from "./SentenceList";
import { ValuesTable } from "./ValuesTable";

let printing = false;

function watch(changed: () => void): () => void {
  const turn = (to: boolean) => (): void => {
    printing = to;
    // The page is on paper as soon as this listener returns.
    flushSync(changed);
  };
  const begin = turn(true);
  const end = turn(false);
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  };
}

const nothing = (): void => undefined;

/** Draws nothing but while the page is printed. */
export function PrintedGraph({ graph, context }: { graph: Graph; context?: string }) {
  const isPrinting = useSyncExternalStore(watch, () => printing);
  if (!isPrinting) return null;
  return createPortal(
    <section className="printed-graph" aria-label="The graph on paper">
      <h2>{context === undefined ? "All contexts" : context}</h2>
      <p>{graph.summary}</p>
      <ValuesTable graph={graph} onOpen={nothing} />
      <SentenceList graph={graph} context={context} onOpen={nothing} />
    </section>,
    document.querySelector(".studio-page") ?? document.body,
  );
}
