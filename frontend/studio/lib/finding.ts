/** What the finder can find: each feature offers a source, the shell asks them all. */
import type { StudyOfMine } from "./me";

/** Something to go to. */
export interface Found {
  id: string;
  /** Study, value, comparison, run: said beside the title. */
  kind: string;
  title: string;
  hint?: string;
  /** Address inside the studio, without its base. */
  to: string;
}

/** Gives what a feature holds in a study; asked once when the finder opens, kept by its key. */
export interface FinderSource {
  key: string;
  load: (study: StudyOfMine, signal: AbortSignal) => Promise<Found[]>;
}

/** Those that match every word typed, titles that begin with it first. */
export function matching(found: readonly Found[], typed: string, limit = 12): Found[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ title, kind, hint = "" }: Found): string => `${title} ${kind} ${hint}`.toLowerCase();
  const starts = ({ title }: Found): number => Number(!title.toLowerCase().startsWith(words[0] ?? ""));
  return found
    .filter((item) => words.every((word) => text(item).includes(word)))
    .sort((a, b) => starts(a) - starts(b))
    .slice(0, limit);
}
