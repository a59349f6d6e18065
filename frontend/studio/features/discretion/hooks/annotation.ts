/** An annotator's desk: the item on it, the next one ready, judgements on their way to the server. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Unreachable } from "@/lib/request";
import { useMe } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { type Desk, fetchNext, sendJudgement, undoJudgement } from "../api/next";
import type { JudgementInput, NextItem } from "../api/types";
import { blankJudgement, type Judgement } from "./judgement";
import { type Outbox, openOutbox, type OutboxView } from "./outbox";
import { judgementInput, reopened } from "./sides";

/** An item with a comparison in it. */
export type Item = NextItem & { comparison: string };

/** What is on the desk: an item and how far its judgement is. */
export interface OnDesk {
  item: Item;
  start: Judgement;
}

function hasComparison(item: NextItem | undefined): item is Item {
  return item !== undefined && item.comparison !== null;
}

function fresh(item: Item): OnDesk {
  return { item, start: blankJudgement(item.principles.map(({ id }) => String(id))) };
}

function useOutbox({ slug, audit }: Desk): [Outbox<JudgementInput>, OutboxView] {
  const { username } = useMe();
  const [outbox] = useState(() => openOutbox<JudgementInput>({
    key: `touchstone-judgements/${username}/${slug}/${audit}`,
    storage: localStorage,
    send: (item) => sendJudgement({ slug, audit }, item),
    onRefused: (_, error) => { notify(`One judgement was not taken: ${error.message}`, "error"); },
  }));
  const view = useSyncExternalStore(outbox.watch, outbox.view);
  useEffect(() => {
    const again = (): void => { void outbox.flush(); };
    again();
    window.addEventListener("online", again);
    return () => { window.removeEventListener("online", again); };
  }, [outbox]);
  return [outbox, view];
}

/** The item after the one on the desk, asked for before that one is judged: by then one more is done. */
function afterThis(item: Item): OnDesk {
  return fresh({ ...item, done: item.done + 1, left_count: item.left_count - 1 });
}

const isLost = (_: number, error: Error): boolean => error instanceof Unreachable;

/** Everything that the annotate screen needs. */
export function useAnnotation(desk: Desk) {
  const queries = useQueryClient();
  const [outbox, saving] = useOutbox(desk);
  const [onDesk, setOnDesk] = useState<OnDesk>();
  const key = ["next", desk.slug, desk.audit];

  // The server can only choose well once it knows what was judged.
  const ask = async (signal: AbortSignal, except?: string): Promise<NextItem> => {
    await outbox.flush();
    if (outbox.view().unsent > 0) throw new Unreachable("A judgement is not sent yet.");
    return fetchNext(desk, { except, signal });
  };
  const options = { staleTime: Infinity, gcTime: 0, retry: isLost, retryDelay: 2000, networkMode: "always" as const };
  const first = useQuery({ queryKey: key, queryFn: ({ signal }) => ask(signal), ...options });
  const current = useMemo(() => onDesk ?? (hasComparison(first.data) ? fresh(first.data) : undefined), [onDesk, first.data]);
  const at = current?.item.comparison;
  const coming = useQuery({ queryKey: [...key, "after", at], queryFn: ({ signal }) => ask(signal, at), enabled: at !== undefined, ...options });

  const undo = useMutation({
    mutationFn: async () => {
      await outbox.flush();
      return undoJudgement(desk);
    },
    onSuccess: (item) => {
      if (hasComparison(item)) setOnDesk({ item, start: reopened(item) });
      queries.removeQueries({ queryKey: [...key, "after"] });
      notify("The last judgement is open again.");
    },
    onError: notifyError,
  });

  const submit = (judgement: Judgement): void => {
    if (!current) return;
    const ready = hasComparison(coming.data) && coming.data.comparison !== at ? coming.data : undefined;
    void outbox.put(judgementInput(current.item, judgement));
    setOnDesk(ready && afterThis(ready));
    if (!ready) void queries.resetQueries({ queryKey: key, exact: true });
  };
  return { first, current, saving, submit, undo };
}
