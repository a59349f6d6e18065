/** Who works on a study. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Role } from "@/studio/lib/me";
import { studyPath } from "@/studio/shell/routes";
import type { Member, NewMember } from "./types";

/** The members by name. */
export function membersQuery(slug: string) {
  return queryOptions({
    queryKey: ["members", slug],
    queryFn: ({ signal }) => request<Member[]>(studyPath(slug, "members/"), { signal }),
  });
}

/** Add, change, remove; what the signed-in person may do can change with it. */
export function useMembers(slug: string) {
  const queries = useQueryClient();
  const onSuccess = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ["members", slug] });
    await queries.invalidateQueries({ queryKey: ["me"] });
  };
  const add = useMutation({ mutationFn: (member: NewMember) => request<Member>(studyPath(slug, "members/"), { body: member }), onSuccess });
  const change = useMutation({
    mutationFn: ({ user, role }: { user: number; role: Role }) => request<Member>(studyPath(slug, `members/${user}/`), { method: "PATCH", body: { role } }),
    onSuccess,
  });
  const remove = useMutation({ mutationFn: (user: number) => request<undefined>(studyPath(slug, `members/${user}/`), { method: "DELETE" }), onSuccess });
  return { add, change, remove };
}
