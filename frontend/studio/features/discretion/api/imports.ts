/** Files of comparisons and verdicts. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { ImportPreview, ImportStarted } from "./types";

/** The formats that the server reads; it finds out by itself where none is named. */
export const FORMATS = [
  { value: "auto", label: "Find out from the file" },
  { value: "pandalm", label: "PandaLM, human verdicts (JSON)" },
  { value: "pandalm_judge", label: "PandaLM, a judge's verdicts (JSON)" },
  { value: "annotated_pairs", label: "AnnotatedPairs 2.0 (JSON)" },
  { value: "chosen_rejected", label: "chosen, rejected (CSV)" },
  { value: "preferred_text", label: "text_a, text_b, preferred_text (CSV)" },
  { value: "hh", label: "Dialogues or answers, chosen and rejected (JSON lines or array)" },
  { value: "labelled", label: "LLMBar pairs with a label (JSON)" },
] as const;

/** What a record can hold; each may be in a column of any name. */
export const FIELDS = [
  { field: "prompt", label: "Prompt" },
  { field: "response_a", label: "Response A, or the chosen one" },
  { field: "response_b", label: "Response B, or the rejected one" },
  { field: "preferred", label: "Which is preferred (none: the chosen one)" },
  { field: "id", label: "Id" },
] as const;

/** The column of each field that was given one. */
export type Columns = Readonly<Record<string, string>>;

/** A file and how it is read. */
export interface FileReading {
  file: File;
  format: string;
  columns: Columns;
}

/** What is uploaded and what becomes of a file with bad rows. */
export interface ImportInput extends FileReading {
  on_error: "keep_rest" | "refuse";
  dry_run: boolean;
  /** Its pairs lie blurred until somebody asks to see them. */
  sensitive: boolean;
}

const BEGINNING_BYTES = 2 ** 20;

function formOf({ file, format, columns }: FileReading, name = file.name): FormData {
  const form = new FormData();
  form.append("file", file, name);
  form.append("format", format);
  form.append("columns", JSON.stringify(columns));
  return form;
}

/** How the first rows of a file would be read; only its beginning is sent. */
export function usePreview(slug: string, audit: string, reading: FileReading | null) {
  return useQuery({
    queryKey: ["import-preview", slug, audit, reading?.file.name, reading?.file.size, reading?.file.lastModified, reading?.format, reading?.columns],
    enabled: reading !== null,
    staleTime: Infinity,
    retry: false,
    queryFn: () => {
      if (reading === null) throw new Error("There is no file to look at.");
      const beginning = new File([reading.file.slice(0, BEGINNING_BYTES)], reading.file.name);
      return request<ImportPreview>(studyPath(slug, `audits/${audit}/imports/preview/`), { body: formOf({ ...reading, file: beginning }) });
    },
  });
}

/** Upload a file; its rows are read by a job. */
export function useImport(slug: string, audit: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: ImportInput) => {
      const form = formOf(input);
      form.append("on_error", input.on_error);
      form.append("dry_run", String(input.dry_run));
      form.append("sensitive", String(input.sensitive));
      return request<ImportStarted>(studyPath(slug, `audits/${audit}/imports/`), { body: form });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["audit", slug, audit] }),
  });
}
