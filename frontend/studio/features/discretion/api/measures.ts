/** The measures of an audit, under the reader's controls. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { LeaveOneOutRows, Measures } from "./types";

/** What the reader chose. */
export interface Controls {
  annotators: readonly string[];
  principles: readonly string[];
  reference?: string;
  minActive: number;
  /** Votes by a principle that are known to be less sure than this say nothing; 0 to 1. */
  confidence: number;
  bothOrders: boolean;
  /** Only comparisons with this `key=value` among their metadata. */
  group?: string;
  /** Whose votes stand for the principles; the people's where left out. */
  voters?: string;
  /** Whether the moral graph's weights settle clashes. */
  weights: boolean;
  /** Whose supremacy is shown; the reference's where left out. */
  matrix?: string;
}

/** The part of the controls that says which votes count, as the server names it. */
export function choiceOf({ annotators, principles, confidence, bothOrders, group, reference, voters, weights }: Controls): Record<string, string> {
  return {
    ...(annotators.length > 0 && { annotators: annotators.join(",") }),
    ...(principles.length > 0 && { principles: principles.join(",") }),
    ...(confidence > 0 && { confidence: String(confidence) }),
    ...(bothOrders && { both_orders: "true" }),
    ...(group !== undefined && { group }),
    ...(reference !== undefined && { reference }),
    ...(voters !== undefined && { voters }),
    ...(weights && { weights: "true" }),
  };
}

/** All of the controls, as the server names them. */
export function searchOf(controls: Controls): string {
  const { minActive, matrix } = controls;
  return new URLSearchParams({
    ...choiceOf(controls),
    ...(minActive > 1 && { min_active: String(minActive) }),
    ...(matrix !== undefined && { matrix }),
  }).toString();
}

/** Agreement, categories, arbitrariness, priorities, discrepancy. */
export function measuresQuery(slug: string, audit: string, controls: Controls) {
  const search = searchOf(controls);
  return queryOptions({
    queryKey: ["measures", slug, audit, search],
    queryFn: ({ signal }) => request<Measures>(studyPath(slug, `audits/${audit}/measures/?${search}`), { signal }),
    placeholderData: (before) => before,
  });
}

/** The figures without each principle; under “measures”, so that what moves these moves this too. */
export function leaveOneOutQuery(slug: string, audit: string, controls: Controls) {
  const search = searchOf(controls);
  return queryOptions({
    queryKey: ["measures", slug, audit, "leave-one-out", search],
    queryFn: ({ signal }) => request<LeaveOneOutRows>(studyPath(slug, `audits/${audit}/leave-one-out/?${search}`), { signal }),
    placeholderData: (before) => before,
  });
}

/** Where the report of these measures can be fetched. */
export function reportAddress(slug: string, audit: string, controls: Controls, kind: "html" | "json" | "csv"): string {
  const search = new URLSearchParams(searchOf(controls));
  search.set("as", kind);
  return studyPath(slug, `audits/${audit}/report/?${search.toString()}`);
}
