/** The four workspaces of the studio, in the order of a value's journey. */
import type { Capability } from "@/studio/lib/me";
import type { IconName } from "@/studio/components/Icon";

/** A workspace of the left rail. */
export interface Workspace {
  id: "studies" | "graph" | "discretion" | "models";
  label: string;
  icon: IconName;
  /** The address inside a study; the first workspace is the study itself. */
  path: "" | "/graph" | "/discretion" | "/models";
  needs: Capability;
}

/** All of them; what a role may not open is not shown. */
export const WORKSPACES: readonly Workspace[] = [
  { id: "studies", label: "Studies", icon: "study", path: "", needs: "read" },
  { id: "graph", label: "Moral graph", icon: "graph", path: "/graph", needs: "read" },
  { id: "discretion", label: "Discretion", icon: "scales", path: "/discretion", needs: "annotate" },
  { id: "models", label: "Models", icon: "model", path: "/models", needs: "read" },
];

/** Screens of the moral graph with an address of their own. */
const OF_THE_GRAPH = ["objections", "merges", "contexts", "transitions"];

/** The workspace that an address lies in. */
export function workspaceAt(pathname: string): Workspace["id"] {
  const part = /\/studies\/[^/]+\/([^/]+)/.exec(pathname)?.[1];
  if (part !== undefined && OF_THE_GRAPH.includes(part)) return "graph";
  return WORKSPACES.find(({ path }) => path !== "" && path.slice(1) === part)?.id ?? "studies";
}
