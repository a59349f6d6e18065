/**
 * What the script says by itself. The page gives these words in its own language, in `data-say-…` attributes (the
 * server translates them with all others); English stands in for one that is missing.
 */

const ENGLISH = {
  you: "You",
  guided: "Guided interview (a program without AI)",
  llm: "AI (a language model)",
  again: "Asked again. Your answer is kept.",
  replying: "The interviewer is writing.",
  complete: "The reply is complete.",
  waiting: "The connection is lost. What you wrote is kept; trying again.",
  refused: "This interview cannot be reached from here any more. Open your link again.",
  sending: "Sending.",
  unsent: "Not sent yet. It goes out as soon as the connection is back.",
  saved: "Draft saved.",
  card: "Read your card",
  wait: "Wait for the reply to end, then send. Your words stay here.",
  deleted: "Line deleted.",
  restore: "Put it back",
  moved: "Line moved to place {place} of {count}.",
  away: "Hint put away.",
  added: "A new line, number {place}.",
} as const;

/** The names of the sentences. */
export type WordKey = keyof typeof ENGLISH;

/** A sentence for the page, with `{names}` filled in. */
export function say(root: HTMLElement, key: WordKey, filled: Record<string, string | number> = {}): string {
  const text = root.getAttribute(`data-say-${key}`) ?? ENGLISH[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(filled[name] ?? whole));
}
