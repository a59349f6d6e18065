/** The people of a study and what they said. */
import { queryOptions, useMutation } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { HelpAction, Room } from "./types";

/** The live room as it stands; its stream tells what changes afterwards. */
export function roomQuery(slug: string) {
  return queryOptions({
    queryKey: ["room", slug],
    queryFn: ({ signal }) => request<Room>(studyPath(slug, "room/"), { signal }),
    staleTime: Infinity,
  });
}

/** Pause, let go on, extend or release one person; the room's stream tells how they stand then. */
export function useHelp(slug: string) {
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: HelpAction }) =>
      request<undefined>(studyPath(slug, `participants/${id}/help/`), { body: { action } }),
  });
}
