/** Files of comparisons and verdicts. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { ImportStarted } from "./types";

/** The formats that the server reads; it finds out by itself where none is named. */
export const FORMATS = [
  { value: "auto", label: "Find out from the file" },
  { value: "pandalm", label: "PandaLM, human verdicts (JSON)" },
  { value: "pandalm_judge", label: "PandaLM, a judge's verdicts (JSON)" },
  { value: "annotated_pairs", label: "AnnotatedPairs 2.0 (JSON)" },
  { value: "chosen_rejected", label: "chosen, rejected (CSV)" },
  { value: "preferred_text", label: "text_a, text_b, preferred_text (CSV)" },
  { value: "hh", label: "HH dialogues (JSON lines, may be gzipped)" },
] as const;

/** What is uploaded and what becomes of a file with bad rows. */
export interface ImportInput {
  file: File;
  format: string;
  on_error: "keep_rest" | "refuse";
}

function formOf({ file, format, on_error }: ImportInput): FormData {
  const form = new FormData();
  form.append("file", file);
  form.append("format", format);
  form.append("on_error", on_error);
  return form;
}

/** Upload a file; its rows are read by a job. */
export function useImport(slug: string, audit: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: ImportInput) => request<ImportStarted>(studyPath(slug, `audits/${audit}/imports/`), { body: formOf(input) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["audit", slug, audit] }),
  });
}
