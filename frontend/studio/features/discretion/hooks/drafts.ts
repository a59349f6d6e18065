/** The judgement in the making, kept on this device with every key: a reload goes on where one was. */
import { blankJudgement, isBlank, type Judgement, openedJudgement } from "./judgement";
import type { Item } from "./sides";

interface Draft {
  comparison: string;
  order: string;
  answers: Judgement["answers"];
  reason: string;
}

/** Where the draft of one desk is kept. */
export function draftsAt(key: string, storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> = localStorage) {
  return {
    /** Keep a draft; an untouched one is none. */
    keep({ comparison, order }: Item, judgement: Judgement): void {
      if (isBlank(judgement)) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify({ comparison, order, answers: judgement.answers, reason: judgement.reason } satisfies Draft));
    },
    /** The judgement that an item begins with: its draft, or nothing said. */
    open(item: Item): Judgement {
      const principles = item.principles.map(({ id }) => String(id));
      const kept = JSON.parse(storage.getItem(key) ?? "null") as Draft | null;
      if (kept?.comparison !== item.comparison || kept.order !== item.order) return blankJudgement(principles, item.asked);
      return openedJudgement(principles, { answers: kept.answers, reason: kept.reason, terms: item.asked });
    },
    forget(): void {
      storage.removeItem(key);
    },
  };
}
