/** The annotator's own queue: the next item, a judgement of it, and taking the last one back. */
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { JudgementInput, NextItem, UndoneItem } from "./types";

/** An annotator's place: a study and one of its audits. */
export interface Desk {
  slug: string;
  audit: string;
}

/** The next item that this person has not judged; `except` leaves out the one on the screen. */
export function fetchNext({ slug, audit }: Desk, { except, signal }: { except?: string; signal?: AbortSignal } = {}): Promise<NextItem> {
  const search = except === undefined ? "" : `?${new URLSearchParams({ except })}`;
  return request<NextItem>(studyPath(slug, `audits/${audit}/next/${search}`), { signal });
}

/** Send a judgement. */
export async function sendJudgement({ slug, audit }: Desk, judgement: JudgementInput): Promise<void> {
  await request<unknown>(studyPath(slug, `audits/${audit}/next/`), { body: judgement });
}

/** Take back the last judgement and get its item again. */
export function undoJudgement({ slug, audit }: Desk): Promise<UndoneItem> {
  return request<UndoneItem>(studyPath(slug, `audits/${audit}/verdicts/undo/`), { method: "POST", body: {} });
}
