/** How far the desk is: counts, what compares the cards, and the language model that can be asked. */
import { Button, Group, Progress } from "@mantine/core";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { JobProgress } from "@/studio/components/JobProgress";
import { notifyError } from "@/studio/lib/notices";
import { useMerging } from "../api/merges";
import type { MergeDesk } from "../api/types";

const NAMES: Readonly<Record<string, string>> = { en: "English", es: "Spanish", ar: "Arabic" };

function Search({ slug, desk, writes }: { slug: string; desk: MergeDesk; writes: boolean }) {
  const { again } = useMerging(slug);
  const { state, job, message } = desk.search;
  if (state === "ready") return null;
  if (state === "computing") return job === null ? null : <JobProgress slug={slug} job={job} label="Comparing the cards" />;
  return (
    <section className="error-state" role="alert">
      <h2 className="error-state-title">The cards could not be compared</h2>
      <p>{message} What was found before is still here.</p>
      {writes && <Button variant="default" loading={again.isPending} onClick={() => { again.mutate(undefined, { onError: notifyError }); }}>Compare again</Button>}
    </section>
  );
}

function Judge({ slug, desk }: { slug: string; desk: MergeDesk }) {
  const [job, setJob] = useState<string>();
  const { judge } = useMerging(slug);
  if (desk.judge === "") return <p className="note">No language model is set up, so there are no opinions beside the rubric.</p>;
  const ask = (): void => { judge.mutate(undefined, { onSuccess: (made) => { setJob(made.job); }, onError: notifyError }); };
  return (
    <div>
      {desk.unjudged > 0 && <Button variant="default" loading={judge.isPending} onClick={ask}>Ask {desk.judge} about {count(Math.min(desk.unjudged, 100))} {desk.unjudged === 1 ? "pair" : "pairs"}</Button>}
      {desk.unread > 0 && <p className="note">On {desk.unread === 1 ? "1 pair" : `${count(desk.unread)} pairs`} the model wrote what could not be read; they are asked about again.</p>}
      {job !== undefined && <JobProgress key={job} slug={slug} job={job} label={`Asking ${desk.judge}`} />}
    </div>
  );
}

/** Draws the line of counts, what is under way, and what each language's measure cannot find. */
export function MergeFacts({ slug, desk, writes, onHelp }: { slug: string; desk: MergeDesk; writes: boolean; onHelp: () => void }) {
  const { open, merged, apart, split } = desk;
  const done = merged + apart, all = done + open;
  return (
    <section aria-label="How far it is" className="merge-facts">
      <Group gap="md" align="center">
        <p role="status"><strong>{count(open)}</strong> {open === 1 ? "pair waits" : "pairs wait"} · {count(merged)} put together · {count(apart)} kept apart{split > 0 && <> · {count(split)} {split === 1 ? "card" : "cards"} taken out</>}</p>
        {all > 0 && <Progress aria-label="Decided so far" value={(100 * done) / all} size="sm" className="merge-progress" />}
        <Button size="compact-sm" variant="default" onClick={onHelp}>Keys <kbd>?</kbd></Button>
      </Group>
      <Search slug={slug} desk={desk} writes={writes} />
      {desk.languages.filter(({ note }) => note !== "").map(({ code, cards, note }) => <p key={code} className="note"><strong>{NAMES[code] ?? code}, {cards === 1 ? "one card" : `${count(cards)} cards`}:</strong> {note}</p>)}
      {writes && <Judge slug={slug} desk={desk} />}
    </section>
  );
}
