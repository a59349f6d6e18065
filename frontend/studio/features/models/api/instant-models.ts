/** Instant models: a small head per audit, fitted anew whenever verdicts arrive. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Schema } from "@/studio/lib/schema";
import { studyPath } from "@/studio/shell/routes";

export type InstantModels = Schema<"InstantModelsOutput">;
export type InstantModel = Schema<"InstantModelOutput">;
export type InstantTarget = Schema<"InstantModelInputRequest">["target"];

/** The instant models of a study, and the audits without one. */
export function instantModelsQuery(slug: string) {
  return queryOptions({
    queryKey: ["instant-models", slug],
    queryFn: ({ signal }) => request<InstantModels>(studyPath(slug, "instant-models/"), { signal }),
  });
}

/** Keep one beside an audit. */
export function useKeep(slug: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ audit, target }: { audit: string; target: InstantTarget }) => request<InstantModel>(studyPath(slug, `audits/${audit}/instant-model/`), { method: "PUT", body: { target } }),
    onSuccess: () => { void client.invalidateQueries({ queryKey: ["instant-models", slug] }); },
  });
}

/** Keep one no longer. */
export function useDrop(slug: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (audit: number) => request<undefined>(studyPath(slug, `audits/${String(audit)}/instant-model/`), { method: "DELETE" }),
    onSuccess: () => { void client.invalidateQueries({ queryKey: ["instant-models", slug] }); },
  });
}
