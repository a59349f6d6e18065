/** What was decided on pairs: who, when and why; each can be undone. */
import { Button } from "@mantine/core";
import { decimal } from "@/lib/numbers";
import type { MergeDecision } from "../api/types";

const DONE = { merged: "put together", apart: "kept apart", split: "took a card out" } as const;

function what({ kind, low, low_title: first, high_title: second, kept }: MergeDecision): string {
  const [stays, other] = kept === low ? [first, second] : [second, first];
  if (kind === "merged") return `“${other}” into “${stays}”`;
  if (kind === "split") return `“${other}” out of “${stays}”`;
  return `“${first}” and “${second}”`;
}

/** Draws the decisions; `onUndo` where the reader may undo. */
export function MergeHistory({ decisions, busy, onUndo }: { decisions: readonly MergeDecision[]; busy: boolean; onUndo?: (id: number) => void }) {
  return (
    <ol className="answers">
      {decisions.map((row) => (
        <li key={row.id} className={row.undone_at === null ? undefined : "is-undone"}>
          <strong>{row.by} {DONE[row.kind]}</strong> {what(row)}, {new Date(row.at).toLocaleString()}{row.reason !== "" && <>: <q dir="auto">{row.reason}</q></>}
          {row.similarity !== null && <span className="note"> Similarity {decimal(row.similarity)}.</span>}
          {row.objected && <span className="badge is-warning">An author objects</span>}
          {row.undone_at !== null && <> Undone by {row.undone_by}, {new Date(row.undone_at).toLocaleString()}.</>}
          {row.undone_at === null && onUndo && <> <Button size="compact-xs" variant="default" disabled={busy} aria-label={`Undo: ${DONE[row.kind]} ${what(row)}`} onClick={() => { onUndo(row.id); }}>Undo</Button></>}
        </li>
      ))}
    </ol>
  );
}
