/** Another graph comes in: look at its files first, bring them in, see what came, take it out again. */
import { Button, Checkbox, FileInput, Group, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { graphImportsQuery, useImportGraph } from "../api/graph-imports";
import { ImportedGraphs } from "./ImportedGraphs";
import { ImportProgress } from "./ImportProgress";

function ImportForm() {
  const { slug } = useStudy();
  const send = useImportGraph(slug);
  const [file, setFile] = useState<File | null>(null);
  const [edges, setEdges] = useState<File | null>(null);
  const [votes, setVotes] = useState<File | null>(null);
  const [source, setSource] = useState("");
  const [simulated, setSimulated] = useState(false);
  const go = (dryRun: boolean): void => { if (file) send.mutate({ file, edges, votes, source, simulated, dryRun }); };
  const submit = (event: SyntheticEvent): void => { event.preventDefault(); go(false); };
  const ready = file !== null && source.trim() !== "";
  return (
    <form onSubmit={submit} aria-label="Bring a graph in">
      <Stack gap="sm" maw="32rem">
        <FileInput label="Graph or values" description="Published JSON, GraphML, CSV, or a JSON list of values; up to 20 MB" placeholder="Choose a file" value={file} onChange={setFile} clearable clearButtonProps={{ "aria-label": "Take the file away" }} />
        <FileInput label="Steps" description="A CSV beside a CSV of values, if there is one" placeholder="Choose a file" value={edges} onChange={setEdges} clearable clearButtonProps={{ "aria-label": "Take the steps away" }} />
        <FileInput label="Votes" description="A CSV with participant, from, to, context and answer, if there is one" placeholder="Choose a file" value={votes} onChange={setVotes} clearable clearButtonProps={{ "aria-label": "Take the votes away" }} />
        <TextInput label="Where it is from" description="The same name of the same source is the same person" value={source} maxLength={120} onChange={(event) => { setSource(event.currentTarget.value); }} />
        <Checkbox label="All of it is by simulated people" checked={simulated} onChange={(event) => { setSimulated(event.currentTarget.checked); }} />
        <Group gap="sm">
          <Button type="submit" disabled={!ready} loading={send.isPending}>Bring in</Button>
          <Button variant="default" disabled={!ready || send.isPending} onClick={() => { go(true); }}>Look first</Button>
          {!ready && <span className="note">Choose a file and say where it is from.</span>}
        </Group>
      </Stack>
      {send.error && <ErrorState error={send.error} />}
      {send.data && (send.data.dry_run || send.data.state === "done") && <ImportProgress key={send.data.job ?? send.data.id} sent={send.data} />}
    </form>
  );
}

/** Draws the form, for those who may, and what came in. */
export function GraphImports() {
  const { slug, role } = useStudy();
  const { data: rows = [] } = useQuery(graphImportsQuery(slug));
  const [opened, setOpened] = useState(false);
  const writes = may(role, "write");
  const works = rows.some(({ state }) => state === "queued" || state === "running");
  if (!writes && rows.length === 0) return null;
  return (
    <details className="graph-imports" open={opened || works} onToggle={(event) => { setOpened(event.currentTarget.open); }}>
      <summary>Graphs from elsewhere ({rows.length})</summary>
      {rows.length > 0 && <ImportedGraphs rows={rows} writes={writes} />}
      {writes && <ImportForm />}
    </details>
  );
}
