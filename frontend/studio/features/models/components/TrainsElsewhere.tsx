/** A run that trains on another machine: since when, its folder to take along, and the ways back. */
import { Button, FileInput, Group, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { studyPath, useStudy } from "@/studio/shell/routes";
import { useBringBack, useElsewhere } from "../api/runs";
import type { Run } from "../api/types";
import { moment } from "../hooks/elsewhere";
import { Copyable } from "./Copyable";

function Origins({ run }: { run: Run }) {
  const origins = Object.entries(run.elsewhere?.origins ?? {});
  if (origins.length === 0) return <p>It starts from an encoder that comes as a package; nothing else is needed there.</p>;
  return <p>Bring along what it starts from: {origins.map(([place, called]) => <span key={place}><code>{called}</code> ({place}). </span>)}Other weights are noticed there and refused.</p>;
}

function WayBack({ run }: { run: Run }) {
  const { slug } = useStudy();
  const send = useBringBack(slug, run.id);
  const [file, setFile] = useState<File | null>(null);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (file) send.mutate(file, { onSuccess: () => { notify("The run is back."); } });
  };
  return (
    <form onSubmit={submit} aria-label="Bring the run back">
      <Stack gap="sm">
        <FileInput label="Bring it back" description="Its folder as a zip, finished or stopped; up to 200 MB" accept=".zip" placeholder="Choose a file" value={file} onChange={setFile} clearable clearButtonProps={{ "aria-label": "Take the file away" }} maw="32rem" />
        <Group gap="sm"><Button type="submit" disabled={file === null} loading={send.isPending}>Check and take in</Button></Group>
        {send.error && <ErrorState error={send.error} />}
        <details>
          <summary>It is larger than that</summary>
          <p className="note">Copy the folder to the machine of this installation and run there:</p>
          <Copyable label="Command" text={run.elsewhere?.command ?? ""} />
        </details>
      </Stack>
    </form>
  );
}

function Ways({ run }: { run: Run }) {
  const { slug } = useStudy();
  const back = useElsewhere(slug, run.id, "DELETE");
  return (
    <>
      <Origins run={run} />
      <p className="note">The folder holds what people wrote and judged, and a withdrawal here does not reach it: delete it there when the run is back.</p>
      <Group gap="sm">
        <Button component="a" href={studyPath(slug, `runs/${run.id}/package/`)} download>Download its folder</Button>
        <Button variant="default" loading={back.isPending} onClick={() => { back.mutate(undefined, { onSuccess: () => { notify("The run stands where it stood here."); }, onError: notifyError }); }}>Call it back</Button>
      </Group>
      <WayBack run={run} />
    </>
  );
}

/** Draws the panel. */
export function TrainsElsewhere({ run, since }: { run: Run; since: string }) {
  const { role } = useStudy();
  return (
    <section className="sheet part run-away" aria-label="Trains elsewhere">
      <h2>Trains elsewhere since {moment(since)}</h2>
      <p>Nothing is heard of it until its folder comes back: then its charts, answers, checkpoint and evaluation stand here as if it had trained here.</p>
      {may(role, "train") ? <Ways run={run} /> : <p className="note">Admins download its folder and bring it back.</p>}
    </section>
  );
}
