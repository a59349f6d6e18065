/** Snapshots as files: which one, in which form; each file says what it is of. */
import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { fileAddress, FORMS } from "../api/files";
import { snapshotsQuery } from "../api/snapshots";
import { savePng } from "../hooks/png";

/** Draws the choice and the links; a snapshot that is not complete, or in which somebody withdrew, is not offered. */
export function GraphFiles({ rule }: { rule: string }) {
  const { slug } = useStudy();
  const { data: snapshots = [] } = useQuery(snapshotsQuery(slug));
  const [chosen, choose] = useState("");
  const kept = snapshots.filter(({ state, withdrawn }) => state === "ready" && withdrawn === 0);
  const snapshot = chosen === "" ? String(kept[0]?.id) : chosen;
  const which = { rule, snapshot };
  const png = useMutation({ mutationFn: () => savePng(fileAddress(slug, "svg", which), `${slug}-graph.png`), onError: notifyError });
  if (kept.length === 0) return null;
  return (
    <section className="graph-files" aria-labelledby="graph-files-title">
      <h2 id="graph-files-title">Files of a snapshot</h2>
      <NativeSelect label="Which snapshot" data={kept.map(({ id, number, rule: by }) => ({ value: String(id), label: `Snapshot ${number}, ${by}` }))} value={snapshot} onChange={(event) => { choose(event.currentTarget.value); }} maw="24rem" />
      <ul>
        {FORMS.map(([form, label]) => <li key={form}><a href={fileAddress(slug, form, which)} download>{label}</a></li>)}
        <li><Button variant="default" size="compact-md" loading={png.isPending} onClick={() => { png.mutate(); }}>Picture (PNG)</Button></li>
      </ul>
      <p>Each file names the study’s version, the snapshot with its hash, the rule with its parameters, and whether simulated people are in it. A snapshot in which somebody withdrew is not offered.</p>
    </section>
  );
}
