/** An annotator's desk: the item on it, the next ones ready, judgements on their way to the server. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useMe } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { type Desk, fetchNext, sendJudgement, undoJudgement } from "../api/next";
import type { Feedback, JudgementInput, NextItem } from "../api/types";
import { draftsAt } from "./drafts";
import type { Judgement } from "./judgement";
import { type Outbox, openOutbox, type OutboxView } from "./outbox";
import { openPile, type Pile, type PileView } from "./pile";
import { asideInput, type Item, judgementInput, reopened } from "./sides";

export type { Item } from "./sides";

/** What is on the desk: an item and how far its judgement is. */
export interface OnDesk {
  item: Item;
  start: Judgement;
}

/** What a training round said, of which item, and what was answered. */
export interface Answered {
  item: Item;
  said: JudgementInput["overall"];
  feedback: Feedback;
}

function useOutbox(desk: Desk, owner: string): [Outbox<JudgementInput>, OutboxView] {
  const [outbox] = useState(() => openOutbox<JudgementInput>({
    key: `touchstone-judgements/${owner}`,
    storage: localStorage,
    send: async (item) => { await sendJudgement(desk, item); },
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

function usePile(desk: Desk, outbox: Outbox<JudgementInput>): [Pile, PileView] {
  const [pile] = useState(() => openPile({
    fetch: (held, beyond) => fetchNext(desk, { held, beyond }),
    unsent: () => outbox.unsent().map(({ comparison }) => comparison),
    send: outbox.flush,
  }));
  const view = useSyncExternalStore(pile.watch, pile.view);
  useEffect(() => {
    pile.fill();
    window.addEventListener("online", pile.fill);
    return () => {
      window.removeEventListener("online", pile.fill);
      pile.stop();
    };
  }, [pile]);
  return [pile, view];
}

function isTraining(item: NextItem): boolean {
  return item.batch?.kind === "training";
}

/** Everything that the annotate screen needs. */
export function useAnnotation(desk: Desk) {
  const { username } = useMe();
  const owner = `${username}/${desk.slug}/${desk.audit}`;
  const [outbox, saving] = useOutbox(desk, owner);
  const [pile, view] = usePile(desk, outbox);
  const [drafts] = useState(() => draftsAt(`touchstone-draft/${owner}`));
  const [undone, setUndone] = useState<OnDesk>();
  const [answered, setAnswered] = useState<Answered>();
  const { item } = view;
  const current = useMemo<OnDesk | undefined>(() => {
    if (!item) return undefined;
    return undone?.item === item ? undone : { item, start: drafts.open(item) };
  }, [item, undone, drafts]);

  const leave = (): void => {
    drafts.forget();
    pile.next();
  };
  const practise = useMutation({
    mutationFn: (input: JudgementInput) => sendJudgement(desk, input),
    onSuccess: ({ feedback }, { overall: said }) => {
      if (item && feedback) setAnswered({ item, feedback, said });
      else leave();
    },
    onError: notifyError,
  });
  const put = (input: JudgementInput): void => {
    if (!item) return;
    if (isTraining(item)) {
      practise.mutate(input);
      return;
    }
    void outbox.put(input);
    leave();
  };
  const undo = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      await outbox.flush();
      if (outbox.unsent().length > 0) throw new Error("The last judgement is still on its way. It can be taken back once it is saved.");
      return undoJudgement(desk);
    },
    onSuccess: (found) => {
      if (found.comparison === null) return;
      const opened: OnDesk = { item: found as Item, start: reopened(found) };
      setUndone(opened);
      pile.lay(opened.item);
      notify("The last judgement is open again.");
    },
    onError: notifyError,
  });

  return {
    view,
    current,
    saving,
    answered,
    undo,
    retry: pile.fill,
    again: pile.again,
    keep: drafts.keep,
    submit: (judgement: Judgement, seconds: number): void => { if (item) put(judgementInput(item, judgement, seconds)); },
    setAside: (): void => {
      if (!item) return;
      put(asideInput(item));
      notify("Put aside. It counts against nobody; Undo brings it back.");
    },
    goOn: (): void => {
      setAnswered(undefined);
      leave();
    },
  };
}
