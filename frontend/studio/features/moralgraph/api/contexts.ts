/** Contexts: proposed, in use, put together, and what was done to them. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { ContextDesk, ContextEnd, ContextVerdict } from "./types";

/** Everything about a study's contexts. */
export function contextDeskQuery(slug: string) {
  return queryOptions({
    queryKey: ["context-desk", slug],
    queryFn: ({ signal }) => request<ContextDesk>(studyPath(slug, "contexts/desk/"), { signal }),
  });
}

/** Decide on proposals, rename, put together, retire, undo, compare again; what is on the screen follows. */
export function useContextDesk(slug: string) {
  const queries = useQueryClient();
  // Not waited for: what is decided is said at once, not when all lists have come again.
  const onSuccess = (): void => {
    for (const key of ["context-desk", "contexts", "graph", "transitions"]) void queries.invalidateQueries({ queryKey: [key, slug] });
  };
  const path = (rest: string): string => studyPath(slug, `contexts/${rest}`);
  const decide = useMutation({
    mutationFn: ({ id, ...body }: { id: number } & ContextVerdict) => request<unknown>(path(`proposals/${id}/`), { method: "PATCH", body }),
    onSuccess,
  });
  const rename = useMutation({
    mutationFn: ({ id, ...body }: { id: number; name: string; reason?: string }) => request<unknown>(path(`${id}/`), { method: "PATCH", body }),
    onSuccess,
  });
  const end = useMutation({
    mutationFn: ({ id, ...body }: { id: number } & ContextEnd) => request<unknown>(path(`${id}/`), { body }),
    onSuccess,
  });
  const undo = useMutation({ mutationFn: (id: number) => request<unknown>(path(`changes/${id}/`), { method: "DELETE" }), onSuccess });
  const again = useMutation({ mutationFn: () => request<ContextDesk>(path("desk/"), { method: "POST" }), onSuccess });
  return { decide, rename, end, undo, again };
}
