/** The values of a study, for the finder. */
import { request } from "@/lib/request";
import type { FinderSource } from "@/studio/lib/finding";
import { studyPath } from "@/studio/shell/routes";
import type { GraphSent } from "./api/types";

/** Finds values by title; each opens in the graph. */
export const valuesSource: FinderSource = {
  key: "values",
  load: async ({ slug }, signal) => {
    const { nodes } = await request<GraphSent>(studyPath(slug, "graph/"), { signal });
    return nodes.map(({ id, title, summary }) => ({ id: String(id), kind: "Value", title, hint: summary, to: `/studies/${slug}/graph?value=${id}` }));
  },
};
