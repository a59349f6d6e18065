/** Upload a file of comparisons and verdicts; its rows are read by a job that reports as it goes. */
import { Button, FileInput, NativeSelect, Radio, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { JobProgress } from "@/studio/components/JobProgress";
import { useStudy } from "@/studio/shell/routes";
import { FORMATS, type ImportInput, useImport } from "../api/imports";

/** Draws the form and, below it, the running import. */
export function ImportForm({ audit, onRead }: { audit: string; onRead: () => void }) {
  const { slug } = useStudy();
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState("auto");
  const [onError, setOnError] = useState<ImportInput["on_error"]>("keep_rest");
  const upload = useImport(slug, audit);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (file) upload.mutate({ file, format, on_error: onError }, { onSuccess: () => { setFile(null); } });
  };
  return (
    <form onSubmit={submit} aria-label="Import a file">
      <Stack gap="sm">
        <FileInput label="File" description="JSON, JSON lines or CSV, up to 200 MB" placeholder="Choose a file" accept=".json,.jsonl,.csv,.gz" value={file} onChange={setFile} clearable clearButtonProps={{ "aria-label": "Take the file away" }} />
        <NativeSelect label="Format" data={[...FORMATS]} value={format} onChange={(event) => { setFormat(event.currentTarget.value); }} />
        <Radio.Group label="Where rows cannot be read" value={onError} onChange={(value) => { setOnError(value === "refuse" ? "refuse" : "keep_rest"); }}>
          <Stack gap={6} mt={6}>
            <Radio value="keep_rest" label="Keep the good rows and list the bad ones" />
            <Radio value="refuse" label="Keep nothing of the file" />
          </Stack>
        </Radio.Group>
        <Button type="submit" disabled={!file} loading={upload.isPending}>Import</Button>
      </Stack>
      {upload.error && <ErrorState error={upload.error} />}
      {upload.data?.job != null && <JobProgress key={upload.data.job} slug={slug} job={upload.data.job} label={`Import of ${upload.data.import.filename}`} onEnd={onRead} />}
    </form>
  );
}
