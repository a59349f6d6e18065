/** The exports that were made: where each stands, what is in it, and its file. */
import { Button, Group } from "@mantine/core";
import type { MouseEvent } from "react";
import { room } from "@/lib/numbers";
import { EmptyState } from "@/studio/components/EmptyState";
import { JobProgress } from "@/studio/components/JobProgress";
import { notify, notifyError } from "@/studio/lib/notices";
import { exportFile, useExports } from "../api/exports";
import type { Exports, StudyExport } from "../api/types";
import { choiceOf, contentOf, leftOutOf, STATES } from "../hooks/exports";

interface ActionsProps {
  slug: string;
  made: StudyExport;
  name: string;
  manages: boolean;
}

function Actions({ slug, made, name, manages }: ActionsProps) {
  const { ask, remove, stands } = useExports(slug);
  const fetches = made.state === "ready" && (manages || made.panel_ids !== true);
  const again = made.state !== "ready" && made.state !== "making" && (manages || made.panel_ids !== true);
  const onRemoved = (): void => { notify(made.state === "making" ? "Stopped." : "Removed. That it was made stays in the list and in the audit log."); };
  // A file that somebody took away since the list was read would come as a failed download that says nothing.
  const fetchFile = async (): Promise<void> => {
    if (await stands(made.id)) window.location.assign(exportFile(slug, made.id));
    else notify("This file was taken away just now; the list says why. Make it again if you need it.", "error");
  };
  const onFetch = (event: MouseEvent): void => { event.preventDefault(); fetchFile().catch(notifyError); };
  return (
    <Group gap="xs">
      {fetches && <Button size="compact-sm" component="a" href={exportFile(slug, made.id)} download onClick={onFetch} aria-label={`Download ${name}`}>Download ({room(made.size)})</Button>}
      {again && <Button size="compact-sm" variant="default" aria-label={`Make ${name} again`} loading={ask.isPending} onClick={() => { ask.mutate(choiceOf(made), { onError: notifyError }); }}>Make it again</Button>}
      {(made.state === "ready" || made.state === "making") && <Button size="compact-sm" variant="default" aria-label={`${made.state === "making" ? "Stop" : "Remove"} ${name}`} loading={remove.isPending} onClick={() => { remove.mutate(made.id, { onSuccess: onRemoved, onError: notifyError }); }}>{made.state === "making" ? "Stop" : "Remove the file"}</Button>}
    </Group>
  );
}

interface ItemProps {
  slug: string;
  made: StudyExport;
  exports: Exports;
  writes: boolean;
  manages: boolean;
}

function Item({ slug, made, exports, writes, manages }: ItemProps) {
  const { refresh } = useExports(slug);
  const purpose = exports.purposes.find((item) => item.purpose === made.purpose)?.title ?? made.purpose;
  const at = new Date(made.created_at).toLocaleString();
  const leftOut = leftOutOf(made, exports.reasons);
  return (
    <li data-export-state={made.state}>
      <p><strong>{purpose}</strong> <span className={STATES[made.state].badge}>{STATES[made.state].label}</span></p>
      <p className="export-by">{at}, by {made.by ?? "an account that is gone"}</p>
      {made.state === "making" && made.job !== null
        ? <JobProgress slug={slug} job={made.job} label="Export" onEnd={() => { void refresh(); }} />
        : made.sha256 !== "" && <p>{contentOf(made)} {leftOut}</p>}
      {made.message !== "" && <p>{made.message}</p>}
      {made.sha256 !== "" && <p className="export-by">SHA-256 <code className="export-hash">{made.sha256}</code></p>}
      {writes && <Actions slug={slug} made={made} name={`${purpose}, ${at}`} manages={manages} />}
    </li>
  );
}

/** Draws one entry an export, the newest first. */
export function ExportList({ slug, exports, writes, manages }: { slug: string; exports: Exports; writes: boolean; manages: boolean }) {
  return (
    <section className="export-list" aria-labelledby="exports-title">
      <h2 id="exports-title">Exports</h2>
      {exports.exports.length === 0
        ? <EmptyState title="Nothing was exported yet"><p>{writes ? "Choose a purpose and make the first export. It appears here while it is written." : "Researchers of the study make exports; they appear here."}</p></EmptyState>
        : <ul>{exports.exports.map((made) => <Item key={made.id} slug={slug} made={made} exports={exports} writes={writes} manages={manages} />)}</ul>}
    </section>
  );
}
