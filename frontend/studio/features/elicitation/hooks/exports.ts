/** An export in words: where it stands, what is in it, how large it is. */
import { count } from "@/lib/numbers";
import type { ExportChoice, Exports, StudyExport } from "../api/types";

/** How each state is called, and how it is coloured. */
export const STATES: Readonly<Record<StudyExport["state"], { label: string; badge: string }>> = {
  making: { label: "Being made", badge: "badge is-active" },
  ready: { label: "Ready", badge: "badge is-good" },
  outdated: { label: "Out of date", badge: "badge is-bad" },
  removed: { label: "Removed", badge: "badge" },
  failed: { label: "Failed", badge: "badge is-bad" },
};

export const FORMATS: readonly { value: ExportChoice["formats"][number]; label: string }[] = [
  { value: "csv", label: "CSV" },
  { value: "jsonl", label: "JSON Lines" },
  { value: "parquet", label: "Parquet" },
];

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/** What is in an export, in one sentence. */
export function contentOf(made: StudyExport): string {
  const rows = Object.values(made.rows).reduce((sum, n) => sum + n, 0);
  const formats = listed(FORMATS.filter(({ value }) => made.formats.includes(value)).map(({ label }) => label));
  const versions = made.versions ?? [];
  const whom = [
    versions.length === 0 ? "" : ` of version ${listed(versions.map(String))}`,
    made.simulated ? ", simulated ones among them" : "",
    made.panel_ids ? ", with the panel’s ids" : "",
  ].join("");
  return `${count(made.people)} ${made.people === 1 ? "person" : "people"}${whom}: ${count(rows)} rows in ${count(made.tables.length)} ${made.tables.length === 1 ? "table" : "tables"}, as ${formats}.`;
}

/** Who is not in it and why, in one sentence; nothing where everybody is. */
export function leftOutOf(made: StudyExport, reasons: Exports["reasons"]): string {
  const told = Object.entries(made.left_out).filter(([, n]) => n > 0).map(([reason, n]) => `${count(n)} ${reasons[reason] ?? reason}`);
  return told.length === 0 ? "" : `Left out: ${told.join("; ")}.`;
}

/** The same choice again. */
export function choiceOf({ purpose, tables, formats, versions, simulated, panel_ids, bom }: StudyExport): ExportChoice {
  return { purpose, tables, formats, versions, simulated, panel_ids, bom };
}
