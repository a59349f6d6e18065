/** Upload a file of comparisons and verdicts: look at its first rows, try it without writing, then import it. */
import { Button, Checkbox, FileInput, Group, NativeSelect, Radio, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { JobProgress } from "@/studio/components/JobProgress";
import { useStudy } from "@/studio/shell/routes";
import { type Columns, FORMATS, type ImportInput, useImport, usePreview } from "../api/imports";
import { ColumnMapping } from "./ColumnMapping";
import { ImportPreview } from "./ImportPreview";

/** Draws the form, the preview of the chosen file and, below it, the running import. */
export function ImportForm({ audit, onRead }: { audit: string; onRead: () => void }) {
  const { slug } = useStudy();
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState("auto");
  const [columns, setColumns] = useState<Columns>({});
  const [onError, setOnError] = useState<ImportInput["on_error"]>("keep_rest");
  const reading = file === null ? null : { file, format, columns };
  const preview = usePreview(slug, audit, reading);
  const upload = useImport(slug, audit);
  const [marked, setMarked] = useState<boolean>();
  const choose = (chosen: File | null): void => { setFile(chosen); setColumns({}); setMarked(undefined); };
  // Files of dialogues are mostly about what people should not say.
  const sensitive = marked ?? preview.data?.format === "hh";
  const send = (dryRun: boolean): void => {
    if (reading) upload.mutate({ ...reading, on_error: onError, dry_run: dryRun, sensitive }, { onSuccess: () => { if (!dryRun) choose(null); } });
  };
  const submit = (event: SyntheticEvent): void => { event.preventDefault(); send(false); };
  const names = preview.data?.names ?? [];
  // A new one waits for its job; what is done already is the same file from before.
  const known = upload.data?.import.state === "done" ? upload.data.import : undefined;
  return (
    <form onSubmit={submit} aria-label="Import a file">
      <Stack gap="sm">
        <FileInput label="File" description="JSON, JSON lines or CSV (commas, semicolons or tabs), also packed with gzip; up to 200 MB" placeholder="Choose a file" accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,.gz" value={file} onChange={choose} clearable clearButtonProps={{ "aria-label": "Take the file away" }} />
        <NativeSelect label="Format" data={[...FORMATS]} value={format} onChange={(event) => { setFormat(event.currentTarget.value); }} />
        {file && preview.isPending && <p role="status">Looking at the first rows…</p>}
        {preview.error && <ErrorState error={preview.error} />}
        {preview.data && <ImportPreview key={String(sensitive)} preview={preview.data} veiled={sensitive} />}
        {names.length > 0 && preview.data?.format !== "annotated_pairs" && <ColumnMapping names={names} columns={columns} onChange={setColumns} />}
        <Checkbox label="Blur these texts until somebody asks to see them" description="For what may be hard to read: here, for annotators, and in samples of data sets" checked={sensitive} onChange={(event) => { setMarked(event.currentTarget.checked); }} />
        <Radio.Group label="Where rows cannot be read" value={onError} onChange={(value) => { setOnError(value === "refuse" ? "refuse" : "keep_rest"); }}>
          <Stack gap={6} mt={6}>
            <Radio value="keep_rest" label="Keep the good rows and list the bad ones" />
            <Radio value="refuse" label="Keep nothing of the file" />
          </Stack>
        </Radio.Group>
        <Group gap="sm">
          <Button type="submit" disabled={!file} loading={upload.isPending}>Import</Button>
          <Button variant="default" disabled={!file || upload.isPending} onClick={() => { send(true); }}>Try without writing</Button>
        </Group>
      </Stack>
      {upload.error && <ErrorState error={upload.error} />}
      {known && <p role="status">“{known.filename}” was imported before, so nothing was added. {known.report?.message}</p>}
      {upload.data?.job != null && !known && <JobProgress key={upload.data.job} slug={slug} job={upload.data.job} label={`${upload.data.import.dry_run ? "Dry run" : "Import"} of ${upload.data.import.filename}`} onEnd={onRead} />}
    </form>
  );
}
