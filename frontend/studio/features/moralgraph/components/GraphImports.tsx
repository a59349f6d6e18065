/** Another graph comes in: look at its files first, bring them in, see what came, take it out again. */
import { Button, Checkbox, FileInput, Group, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { graphImportsQuery, type GraphReport, useImportGraph, useTakeOut } from "../api/graph-imports";

function Report({ report }: { report: GraphReport }) {
  const { values, known_values, edges, votes, known_votes, participants, contexts, warnings, first, id } = report;
  return (
    <div role="status">
      <p>
        {id === null ? "These files would bring" : "These files brought"} {count(values)} values ({count(known_values)} known), {count(edges)} steps with counts
        and {count(votes)} votes of {count(participants)} people ({count(known_votes)} known){contexts.length > 0 && `; new contexts: ${contexts.join(", ")}`}.
      </p>
      {id === null && first.length > 0 && <p>The first values: <bdi>{first.join(" · ")}</bdi></p>}
      {warnings.length > 0 && <ul>{warnings.map((warning) => <li key={warning}>{warning}</li>)}</ul>}
    </div>
  );
}

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
        </Group>
      </Stack>
      {send.error && <ErrorState error={send.error} />}
      {send.data && <Report report={send.data} />}
    </form>
  );
}

/** Draws the form, for those who may, and what came in. */
export function GraphImports() {
  const { slug, role } = useStudy();
  const { data: rows = [] } = useQuery(graphImportsQuery(slug));
  const out = useTakeOut(slug);
  const writes = may(role, "write");
  const takeOut = (id: number): void => { out.mutate(id, { onSuccess: () => { notify("It is taken out. The same files bring it back."); }, onError: notifyError }); };
  if (!writes && rows.length === 0) return null;
  return (
    <details className="graph-imports">
      <summary>Graphs from elsewhere ({rows.length})</summary>
      {rows.length > 0 && (
        <ul>
          {rows.map(({ id, filename, source, created_at, undone_at }) => (
            <li key={id}>
              <bdi>{filename}</bdi> from <bdi>{source}</bdi>, {new Date(created_at).toLocaleString()}{undone_at !== null && ", taken out"}{" "}
              {writes && undone_at === null && <Button variant="default" size="compact-sm" loading={out.isPending} aria-label={`Take ${filename} out`} onClick={() => { takeOut(id); }}>Take out</Button>}
            </li>
          ))}
        </ul>
      )}
      {writes && <ImportForm />}
    </details>
  );
}
