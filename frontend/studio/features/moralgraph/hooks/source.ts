/** The graph behind what is open: as it is now, or as a snapshot holds it. */
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { snapshotQuery } from "../api/analyses";
import { graphQuery } from "../api/graph";
import type { Source } from "../api/rows";
import type { Graph } from "../api/types";

/** The graph; undefined until it has come, or where it is not needed. */
export function useSource({ snapshot, ...choice }: Source, isNeeded = true): Graph | undefined {
  const { slug } = useStudy();
  const now = useQuery({ ...graphQuery(slug, choice), enabled: isNeeded && snapshot === undefined });
  const kept = useQuery({ ...snapshotQuery(slug, snapshot ?? 0, choice.context), enabled: isNeeded && snapshot !== undefined });
  return snapshot === undefined ? now.data : kept.data?.graph;
}
