/** Counterfactuals: one recipe, two targets. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Schema } from "@/studio/lib/schema";
import { studyPath } from "@/studio/shell/routes";
import type { JobStarted } from "./types";

export type Counterfactual = Schema<"CounterfactualOutput">;
export type CounterfactualRow = Schema<"CounterfactualRowOutput">;
export type CounterfactualInput = Schema<"CounterfactualInputRequest">;
export type Parting = Schema<"PartingOutput">;
export type Parted = Schema<"PartedOutput">;

const REFRESH_MS = 4000;

/** All counterfactuals of a study, newest first. */
export function counterfactualsQuery(slug: string) {
  return queryOptions({
    queryKey: ["counterfactuals", slug],
    queryFn: ({ signal }) => request<CounterfactualRow[]>(studyPath(slug, "counterfactuals/"), { signal }),
  });
}

/** One counterfactual; asked for again until it is compared. */
export function counterfactualQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["counterfactual", slug, id],
    queryFn: ({ signal }) => request<Counterfactual>(studyPath(slug, `counterfactuals/${id}/`), { signal }),
    refetchInterval: ({ state: { data } }) => (data?.state === "training" || data?.state === "comparing" ? REFRESH_MS : false),
  });
}

/** Launch the runs. */
export function useLaunchCounterfactual(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...rest }: CounterfactualInput) => request<Counterfactual>(studyPath(slug, "counterfactuals/"), { body: name === "" ? rest : { name, ...rest } }),
    onSuccess: () => Promise.all(["counterfactuals", "runs", "data-sets"].map((key) => queries.invalidateQueries({ queryKey: [key, slug] }))),
  });
}

/** Have both checkpoints judge again. */
export function useCompareTargets(slug: string, id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => request<JobStarted>(studyPath(slug, `counterfactuals/${id}/compare/`), { method: "POST", body: {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["counterfactual", slug, id] }),
  });
}
