/** Runs that train on another machine: where they stand and what is in their folder, in words. */
import { count, room } from "@/lib/numbers";
import type { Run } from "../api/types";

/** A day and a time, as people of this browser write them. */
export function moment(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** What another machine had in a run that is back, nothing where none had. */
export function backText({ elsewhere, total_steps: total, state }: Pick<Run, "elsewhere" | "total_steps" | "state">): string {
  if (!elsewhere?.brought_back) return "";
  const { step, device, brought_back: at } = elsewhere;
  const on = device === "" ? "" : ` (${device})`;
  const end = step !== null && step < total ? `up to step ${count(step)} of ${count(total)}` : "to its end";
  const next = state === "queued" || state === "running" ? " A trainer of this installation records it now." : "";
  return `Trained ${end} on another machine${on}, and brought back ${moment(at)}.${next}`;
}

/** What a run's folder holds, with its size. */
export function folderText({ files, bytes, parts }: NonNullable<Run["size_on_disk"]>): string {
  return `${parts.join(", ")}: ${count(files)} ${files === 1 ? "file" : "files"}, ${room(bytes)}.`;
}
