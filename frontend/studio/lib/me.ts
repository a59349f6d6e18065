/** Who is signed in, the studies they belong to, and what their role lets them do. */
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Schema } from "./schema";

/** A member's role in one study. */
export type Role = Schema<"RoleEnum">;
/** A study as the signed-in person sees it. */
export type StudyOfMine = Schema<"StudyOutput">;
/** The signed-in person. */
export type Me = Schema<"MeOutput">;

/** Things to do in a study; the server has the last word, this only decides what is offered. */
export type Capability = "annotate" | "read" | "write" | "train" | "manage";

const ROLES: Record<Capability, readonly Role[]> = {
  annotate: ["annotator", "researcher", "admin"],
  read: ["researcher", "auditor", "admin"],
  write: ["researcher", "admin"],
  train: ["admin"],
  manage: ["admin"],
};

/** Whether a role includes a capability. */
export function may(role: Role | undefined, capability: Capability): boolean {
  return role !== undefined && ROLES[capability].includes(role);
}

/** The query behind `useMe`. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => request<Me>("/api/me/", { signal }),
  staleTime: 5 * 60_000,
});

/** The signed-in person (loaded before any screen is drawn). */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}
