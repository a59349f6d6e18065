/** The annotator's own queue: the next item, a judgement of it, taking the last one back, and one's own history. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Given, JudgementInput, NextItem, OwnAct, OwnVerdict, Standing, UndoneItem } from "./types";

/** An annotator's place: a study and one of its audits. */
export interface Desk {
  slug: string;
  audit: string;
}

/** The next item that this person has not judged and does not hold; `beyond` their own pile where that is done. */
export function fetchNext({ slug, audit }: Desk, { held, beyond }: { held: readonly string[]; beyond: boolean }): Promise<NextItem> {
  const search = new URLSearchParams({ ...(held.length > 0 && { except: held.join(",") }), ...(beyond && { beyond: "true" }) });
  return request<NextItem>(studyPath(slug, `audits/${audit}/next/?${search}`));
}

/** Send a judgement; a training round answers. */
export function sendJudgement({ slug, audit }: Desk, judgement: JudgementInput): Promise<Given> {
  return request<Given>(studyPath(slug, `audits/${audit}/next/`), { body: judgement });
}

/** Take back the last judgement and get its item again. */
export function undoJudgement({ slug, audit }: Desk): Promise<UndoneItem> {
  return request<UndoneItem>(studyPath(slug, `audits/${audit}/verdicts/undo/`), { method: "POST", body: {} });
}

/** What I said, newest first. */
export function mineQuery({ slug, audit }: Desk) {
  return queryOptions({
    queryKey: ["mine", slug, audit],
    queryFn: ({ signal }) => request<OwnAct[]>(studyPath(slug, `audits/${audit}/mine/`), { signal }),
  });
}

/** How far I am, and how consistent. */
export function standingQuery({ slug, audit }: Desk) {
  return queryOptions({
    queryKey: ["standing", slug, audit],
    queryFn: ({ signal }) => request<Standing>(studyPath(slug, `audits/${audit}/mine/standing/`), { signal }),
  });
}

/** One judgement of mine, as it can be changed. */
export function ownVerdictQuery({ slug, audit }: Desk, comparison: string) {
  return queryOptions({
    queryKey: ["mine", slug, audit, comparison],
    queryFn: ({ signal }) => request<OwnVerdict>(studyPath(slug, `audits/${audit}/mine/${comparison}/`), { signal }),
    gcTime: 0,
  });
}

/** Do a training round once more. */
export function useTryAgain({ slug, audit }: Desk) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (batch: number) => request<unknown>(studyPath(slug, `audits/${audit}/mine/batches/${batch}/again/`), { method: "POST", body: {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["standing", slug, audit] }),
  });
}
