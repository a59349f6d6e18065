/** Agreement in its parts, everybody's course through time, and what a discrepancy is made of. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { AgreementTables, Courses, Distance } from "./types";
import { choiceOf, type Controls, searchOf } from "./measures";

function partQuery<Part extends object>(name: string, slug: string, audit: string, search: Readonly<Record<string, string>>) {
  const asked = new URLSearchParams(search).toString();
  return queryOptions({
    // Under “measures”, so that what moves these moves this too.
    queryKey: ["measures", slug, audit, name, asked],
    queryFn: ({ signal }) => request<Part>(studyPath(slug, `audits/${audit}/${name}/?${asked}`), { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Alpha and kappa by principle, annotator and group. */
export function agreementQuery(slug: string, audit: string, controls: Controls) {
  return partQuery<AgreementTables>("agreement", slug, audit, choiceOf(controls));
}

/** Learning and fatigue of everybody who judged here. */
export function coursesQuery(slug: string, audit: string, controls: Controls) {
  return partQuery<Courses>("courses", slug, audit, Object.fromEntries(new URLSearchParams(searchOf({ ...controls, matrix: undefined }))));
}

/** The principles that two annotators order the other way round. */
export function distanceQuery(slug: string, audit: string, controls: Controls, pair: { annotator: string; other: string }) {
  return partQuery<Distance>("distance", slug, audit, { ...choiceOf(controls), ...pair });
}
