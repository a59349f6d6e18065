/** What a text has that another has not, word by word. Pure. */

/** A stretch of a text; `fresh` where the other text has no such words in this place. */
export interface Stretch {
  text: string;
  fresh: boolean;
}

/** Comparing takes as many steps as both texts have words, multiplied: beyond this nothing is marked. */
const MOST_STEPS = 4_000_000;

/** For each place in two lists of words, how long the longest common subsequence from there on is. */
function commonFrom(before: readonly string[], now: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const [here, below] = [table[row], table[row + 1]];
      if (!here || !below) continue;
      here[column] = before[row] === now[column] ? (below[column + 1] ?? 0) + 1 : Math.max(below[column] ?? 0, here[column + 1] ?? 0);
    }
  }
  return table;
}

/** Cut `now` into stretches that `before` has too, and such that are new. */
export function differenceOf(before: string, now: string): Stretch[] {
  const [old, words] = [before.split(/\s+/).filter(Boolean), now.match(/\s*\S+\s*/g) ?? []];
  if (old.length * words.length > MOST_STEPS) return [{ text: now, fresh: false }];
  const table = commonFrom(old, words.map((word) => word.trim()));
  const stretches: Stretch[] = [];
  let row = 0;
  for (const [column, text] of words.entries()) {
    while (row < old.length && old[row] !== text.trim() && (table[row + 1]?.[column] ?? 0) >= (table[row]?.[column + 1] ?? 0)) row += 1;
    const fresh = old[row] !== text.trim();
    if (!fresh) row += 1;
    const last = stretches.at(-1);
    if (last?.fresh === fresh) last.text += text;
    else stretches.push({ text, fresh });
  }
  return stretches;
}
