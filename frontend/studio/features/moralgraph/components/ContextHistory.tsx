/** What was done to contexts and made of proposals: who, when and why; each can be taken back. */
import { Button } from "@mantine/core";
import { notify, notifyError } from "@/studio/lib/notices";
import { useContextDesk } from "../api/contexts";
import type { ContextChange, ContextDesk, ContextProposal } from "../api/types";

/** What was done, as the end of a sentence that begins with who did it. */
export function changeText({ kind, name, other_name: other, before, after }: Pick<ContextChange, "kind" | "name" | "other_name" | "before" | "after">): string {
  if (kind === "merged") return `put “${name}” into “${other}”`;
  if (kind === "apart") return `kept “${name}” and “${other}” apart`;
  return kind === "renamed" ? `renamed “${before}” to “${after}”` : `retired “${name}”`;
}

function decisionText({ state, name, context_id }: ContextProposal, names: ReadonlyMap<number, string>): string {
  const into = context_id === null ? "" : (names.get(context_id) ?? "");
  if (state === "confirmed") return `made a context, “${into}”, of the proposal “${name}”`;
  return state === "put_into" ? `put the proposal “${name}” into “${into}”` : `declined the proposal “${name}”`;
}

/** Draws the list; the buttons where the reader may take back. */
export function ContextHistory({ slug, desk, writes }: { slug: string; desk: ContextDesk; writes: boolean }) {
  const { undo, decide } = useContextDesk(slug);
  const names = new Map(desk.contexts.map(({ id, name }) => [id, name]));
  const done = { onSuccess: () => { notify("Taken back."); }, onError: notifyError };
  const busy = undo.isPending || decide.isPending;
  return (
    <ol className="answers">
      {desk.changes.map((row) => (
        <li key={`c${row.id}`} className={row.undone_at === null ? undefined : "is-undone"}>
          <strong>{row.by}</strong> {changeText(row)}, {new Date(row.at).toLocaleString()}{row.reason !== "" && <>: <q dir="auto">{row.reason}</q></>}
          {row.undone_at !== null && <> Undone by {row.undone_by}, {new Date(row.undone_at).toLocaleString()}.</>}
          {row.undone_at === null && writes && <> <Button size="compact-xs" variant="default" disabled={busy} aria-label={`Undo: ${changeText(row)}`} onClick={() => { undo.mutate(row.id, done); }}>Undo</Button></>}
        </li>
      ))}
      {desk.decided.map((row) => (
        <li key={`p${row.id}`}>
          <strong>{row.decided_by}</strong> {decisionText(row, names)}{row.decided_at !== null && <>, {new Date(row.decided_at).toLocaleString()}</>}{row.reason !== "" && <>: <q dir="auto">{row.reason}</q></>}
          {writes && <> <Button size="compact-xs" variant="default" disabled={busy} aria-label={`Open again: “${row.name}”`} onClick={() => { decide.mutate({ id: row.id, state: "open" }, done); }}>Open again</Button></>}
        </li>
      ))}
    </ol>
  );
}
