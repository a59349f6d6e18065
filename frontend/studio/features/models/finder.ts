/** The runs of a study, for the finder. */
import { request } from "@/lib/request";
import type { FinderSource } from "@/studio/lib/finding";
import { studyPath } from "@/studio/shell/routes";
import type { RunRow } from "./api/types";
import { STATE_WORDS } from "./hooks/states";

/** Finds runs by name. */
export const runsSource: FinderSource = {
  key: "runs",
  load: async ({ slug }, signal) => {
    const runs = await request<RunRow[]>(studyPath(slug, "runs/"), { signal });
    return runs.map(({ id, name, state }) => ({ id, kind: "Run", title: name, hint: STATE_WORDS[state], to: `/studies/${slug}/models/runs/${id}` }));
  },
};
