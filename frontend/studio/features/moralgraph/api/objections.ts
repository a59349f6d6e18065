/** Objections to merges: people's word that their card does not belong to a value. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { ObjectionDetail, Objections, ObjectionVerdict } from "./types";

/** All objections of a study, the open ones first. */
export function objectionsQuery(slug: string) {
  return queryOptions({
    queryKey: ["objections", slug],
    queryFn: ({ signal }) => request<Objections>(studyPath(slug, "objections/"), { signal }),
  });
}

/** One objection with both sides. */
export function objectionQuery(slug: string, id: number) {
  return queryOptions({
    queryKey: ["objection", slug, id],
    queryFn: ({ signal }) => request<ObjectionDetail>(studyPath(slug, `objections/${id}/`), { signal }),
  });
}

/** Answer an objection, or take the answer back; what is on the screen follows. */
export function useObjection(slug: string, id: number) {
  const queries = useQueryClient();
  const path = studyPath(slug, `objections/${id}/`);
  const onSuccess = (found: ObjectionDetail): void => {
    queries.setQueryData(objectionQuery(slug, id).queryKey, found);
    for (const key of ["objections", "graph"]) void queries.invalidateQueries({ queryKey: [key, slug] });
  };
  const answer = useMutation({ mutationFn: (given: ObjectionVerdict) => request<ObjectionDetail>(path, { body: given }), onSuccess });
  const takeBack = useMutation({ mutationFn: () => request<ObjectionDetail>(path, { method: "DELETE" }), onSuccess });
  return { answer, takeBack };
}
