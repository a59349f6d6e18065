/** Language models of a study, and which of them does what. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { LanguageModel, LanguageModelInput, ModelRole, ModelRoleInput } from "./types";

const CHECKING_REFRESH_MS = 1500;

/** Those in use, oldest first; looked at again while one is being checked. */
export function languageModelsQuery(slug: string) {
  return queryOptions({
    queryKey: ["language-models", slug],
    queryFn: ({ signal }) => request<LanguageModel[]>(studyPath(slug, "language-models/"), { signal }),
    refetchInterval: ({ state }) => (state.data?.some((model) => model.state === "checking") ? CHECKING_REFRESH_MS : false),
  });
}

/** Every kind of work with who does it. */
export function modelRolesQuery(slug: string) {
  return queryOptions({
    queryKey: ["model-roles", slug],
    queryFn: ({ signal }) => request<ModelRole[]>(studyPath(slug, "model-roles/"), { signal }),
  });
}

function useForget(slug: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all(["language-models", "model-roles"].map((key) => queries.invalidateQueries({ queryKey: [key, slug] })));
}

/** Register a language model; a job checks it. */
export function useRegisterModel(slug: string) {
  const forget = useForget(slug);
  return useMutation({
    mutationFn: (input: LanguageModelInput) => request<LanguageModel>(studyPath(slug, "language-models/"), { body: input }),
    onSuccess: forget,
  });
}

/** Check a language model again. */
export function useCheckModel(slug: string) {
  const forget = useForget(slug);
  return useMutation({
    mutationFn: (id: string) => request<LanguageModel>(studyPath(slug, `language-models/${id}/check/`), { method: "POST", body: {} }),
    onSuccess: forget,
  });
}

/** Take a language model out of use. */
export function useRetireModel(slug: string) {
  const forget = useForget(slug);
  return useMutation({
    mutationFn: (id: string) => request<undefined>(studyPath(slug, `language-models/${id}/`), { method: "DELETE" }),
    onSuccess: forget,
  });
}

/** Say which language model does one kind of work. */
export function useFillRole(slug: string) {
  const forget = useForget(slug);
  return useMutation({
    mutationFn: ({ role, ...body }: ModelRoleInput & { role: ModelRole["role"] }) => request<ModelRole[]>(studyPath(slug, `model-roles/${role}/`), { method: "PUT", body }),
    onSuccess: forget,
  });
}
