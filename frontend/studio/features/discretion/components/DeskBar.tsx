/** The thin bar: done, left, minutes, and whether everything is saved. */
import { Progress } from "@mantine/core";
import { count } from "@/lib/numbers";
import type { NextItem } from "../api/types";
import { useOnline } from "../hooks/online";
import type { OutboxView } from "../hooks/outbox";

function savedText({ state, unsent }: OutboxView, online: boolean): string {
  const judgements = `${unsent} ${unsent === 1 ? "judgement" : "judgements"}`;
  if (state === "saved") return online ? "Saved" : "No connection. All is saved so far; what you judge now is kept on this device.";
  if (state === "saving") return "Saving";
  if (state === "signed_out") return `You are signed out. ${judgements} kept on this device; sign in again to send.`;
  return `No connection. ${judgements} kept on this device, sent when the line is back.`;
}

/** Draws the bar. */
export function DeskBar({ item, saving }: { item: NextItem | undefined; saving: OutboxView }) {
  const online = useOnline();
  const all = item ? item.done + item.left_count : 0;
  return (
    <div className="desk-bar">
      {item && (
        <>
          {item.batch && <span className="desk-batch">{item.batch.kind === "work" && "Dealt to you: "}{item.batch.title}</span>}
          <span><strong>{count(item.done)}</strong> done</span>
          <span><strong>{count(item.left_count)}</strong> left</span>
          <span>about <strong>{count(Math.ceil(item.minutes))}</strong> min</span>
          <Progress aria-label="Done so far" value={all === 0 ? 0 : (100 * item.done) / all} size="sm" className="desk-progress" />
        </>
      )}
      <span role="status" aria-label="Saved state" className={saving.state === "waiting" || saving.state === "signed_out" || !online ? "badge is-warning" : "badge"}>{savedText(saving, online)}</span>
    </div>
  );
}
