/** Passages of a text: where they begin and end, counted in characters as the server counts them. */

/** A stretch of a text, from a character to the one past its last. */
export interface Stretch {
  start: number;
  end: number;
}

/** Why words are highlighted: a card rests on them, a researcher noted something, or somebody looks for them. */
export interface Mark extends Stretch {
  kind: "quote" | "passage" | "found" | "chosen";
  id: string;
}

/** A piece of a text that carries the same marks from its first to its last character. */
export interface Segment extends Stretch {
  text: string;
  marks: readonly Mark[];
}

/** A text's characters: what looks like one letter to JavaScript may be two, the server counts it once. */
export function characters(text: string): string[] {
  return Array.from(text);
}

/** The words of a stretch. */
export function wordsOf(text: string, { start, end }: Stretch): string {
  return characters(text).slice(start, end).join("");
}

/** The text cut where marks begin and end; together the pieces are the text again. */
export function segmentsOf(text: string, marks: readonly Mark[]): Segment[] {
  const all = characters(text);
  const inside = marks.map((mark) => ({ ...mark, end: Math.min(mark.end, all.length) })).filter(({ start, end }) => start < end);
  const cuts = [...new Set([0, all.length, ...inside.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, place) => {
    const start = cuts[place] ?? 0;
    return { start, end, text: all.slice(start, end).join(""), marks: inside.filter((mark) => mark.start <= start && end <= mark.end) };
  }).filter(({ text: piece }) => piece !== "");
}

/** Every place where a text stands in another, whatever its case. */
export function findAll(text: string, wanted: string): Stretch[] {
  const needle = characters(wanted.trim().toLocaleLowerCase());
  if (needle.length === 0) return [];
  const all = characters(text).map((letter) => letter.toLocaleLowerCase());
  const found: Stretch[] = [];
  for (let start = 0; start + needle.length <= all.length;) {
    const here = needle.every((letter, place) => all[start + place] === letter);
    if (here) found.push({ start, end: start + needle.length });
    start += here ? needle.length : 1;
  }
  return found;
}

/** The sentences of a text, without the spaces around them: what can be chosen without a mouse. */
export function sentencesOf(text: string, language: string): Stretch[] {
  const parts = new Intl.Segmenter(language, { granularity: "sentence" }).segment(text);
  let at = 0;
  return Array.from(parts, ({ segment }) => {
    const before = characters(segment.slice(0, segment.length - segment.trimStart().length)).length;
    const stretch = { start: at + before, end: at + before + characters(segment.trim()).length };
    at += characters(segment).length;
    return stretch;
  }).filter(({ start, end }) => start < end);
}

/** What is selected inside an element, as a stretch of its text; undefined where the selection is elsewhere or empty. */
export function selectedIn(element: Element, selection: Selection | null): Stretch | undefined {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return undefined;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const leading = words.length - words.trimStart().length;
  const start = characters(before.toString()).length + characters(words.slice(0, leading)).length;
  const length = characters(words.trim()).length;
  return length === 0 ? undefined : { start, end: start + length };
}
