/** Whose judgements the targets of a data set are made of: everybody's, one group's, or two groups' to compare. */
import type { DataSetInput, HeardBy, MayBeHeard } from "../api/types";

/** A data set as the form asks for it; with `second`, another one of that group beside it. */
export type Wanted = DataSetInput & { second: string };

/** By what people can be grouped for a target: voters for the moral graph, annotators else. */
export function groupings(heard: MayBeHeard | undefined, target: DataSetInput["target"]): readonly HeardBy[] {
  if (heard === undefined) return [];
  return target === "graph" ? heard.voters : heard.annotators;
}

/** The groups by what was chosen, as options that say how many people they are. */
export function groupOptions(kinds: readonly HeardBy[], by: string): { value: string; label: string; people: number }[] {
  const groups = kinds.find((kind) => kind.by === by)?.groups ?? [];
  return groups.map(({ name, label, people }) => ({ value: name, label: `${label} (${people === 1 ? "1 person" : `${String(people)} people`})`, people }));
}

/** The change to make when people are to be grouped by something else: its first group alone. */
export function groupedBy(kinds: readonly HeardBy[], by: string): Partial<Wanted> {
  return { by, group: kinds.find((kind) => kind.by === by)?.groups[0]?.name ?? "", second: "" };
}

/** Everybody again, as when the target changes: its people are others. */
export const EVERYBODY: Partial<Wanted> = { by: "", group: "", second: "" };
