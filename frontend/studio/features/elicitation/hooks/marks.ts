/** Which words of a transcript are highlighted, and why. */
import type { Passage, Transcript } from "../api/types";
import { findAll, type Mark } from "./passages";

type Wording = Transcript["wordings"][number];

/** What is highlighted: the words that a card rests on, what was noted, what is looked for, and what is chosen now. */
export interface Highlights {
  wording?: Wording;
  passages: readonly Passage[];
  found: string;
  chosen?: { position: number; start: number; end: number };
}

/** The marks on one turn. A quote stands where it does word for word, or nowhere. */
export function marksOn(position: number, text: string, { wording, passages, found, chosen }: Highlights): Mark[] {
  const quotes = (wording?.policies ?? []).flatMap(({ quotes: all }, line) =>
    all.filter(({ turn }) => turn === position).flatMap(({ quote }) => findAll(text, quote).slice(0, 1).map((at): Mark => ({ ...at, kind: "quote", id: `line-${line}` }))));
  const noted = passages.filter((passage) => passage.position === position).map(({ id, start, end }): Mark => ({ start, end, kind: "passage", id: String(id) }));
  const looked = findAll(text, found).map((at): Mark => ({ ...at, kind: "found", id: "found" }));
  const now = chosen?.position === position ? [{ start: chosen.start, end: chosen.end, kind: "chosen", id: "chosen" } satisfies Mark] : [];
  return [...quotes, ...noted, ...looked, ...now];
}

/** How many places of a transcript hold what is looked for. */
export function countFound(turns: Transcript["turns"], found: string): number {
  return turns.reduce((sum, { text }) => sum + findAll(text, found).length, 0);
}
