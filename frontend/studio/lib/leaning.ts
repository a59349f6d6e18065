/** The data sets that lean on something that people said, with what was trained on each. */
import { queryOptions } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Schema } from "./schema";

/** A data set, and the runs on it with their checkpoints. */
export type LeaningDataSet = Schema<"DataSetRowOutput">;

/** What they lean on: a person, a comparison, or any of some values. */
export interface Something {
  participant?: string;
  comparison?: string;
  values?: readonly number[];
}

/** Those data sets, newest first. */
export function leaningQuery(slug: string, { participant, comparison, values = [] }: Something) {
  const named = Object.entries({ participant, comparison }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const asked = new URLSearchParams([...named, ...values.map((value) => ["value", String(value)])]).toString();
  return queryOptions({
    queryKey: ["data-sets", slug, asked],
    queryFn: ({ signal }) => request<LeaningDataSet[]>(studyPath(slug, `data-sets/?${asked}`), { signal }),
  });
}

/** How large a data set is, and since when it stands. */
export function frozenText({ train_count: train, held_out_count: heldOut, created_at: at }: Pick<LeaningDataSet, "train_count" | "held_out_count" | "created_at">, locale?: string): string {
  const pairs = train + heldOut;
  return `${count(pairs, locale)} ${pairs === 1 ? "pair" : "pairs"}, frozen on ${new Date(at).toLocaleDateString(locale)}`;
}
