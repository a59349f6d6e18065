/** Changes to a protocol, as pure functions: a changed text takes back that its language was reviewed. */
import type { Item, Protocol, Question, SurveyItem, Texts } from "../api/types";

export type Language = Protocol["reviews"][number]["language"];
export const LANGUAGES: readonly { code: Language; name: string; rtl: boolean }[] = [
  { code: "en", name: "English", rtl: false },
  { code: "es", name: "Español", rtl: false },
  { code: "ar", name: "العربية", rtl: true },
];
/** The lists of a protocol whose parts have a key and can be ordered. */
export type ListName = "questions" | "about" | "survey";

/** A text with one language changed. */
export function withText(texts: Texts, language: Language, text: string): Texts {
  return { ...texts, [language]: text };
}

/** The protocol after texts of a language changed: nobody has read them as they are now. */
export function unreviewed(protocol: Protocol, language: Language): Protocol {
  return { ...protocol, reviews: protocol.reviews.filter((review) => review.language !== language) };
}

/** Mark a language as reviewed, or take the mark back. */
export function reviewed(protocol: Protocol, language: Language, by: string, at: string): Protocol {
  const others = unreviewed(protocol, language);
  return protocol.reviews.some((review) => review.language === language)
    ? others
    : { ...others, reviews: [...others.reviews, { language, by, at }] };
}

/** A key that no part of a list has yet. */
export function freshKey(prefix: string, taken: readonly { key: string }[]): string {
  let number = taken.length + 1;
  while (taken.some(({ key }) => key === `${prefix}_${number}`)) number += 1;
  return `${prefix}_${number}`;
}

/** A list with the part at a place moved one up or down; at the ends it stays. */
export function shifted<Part>(parts: readonly Part[], at: number, by: -1 | 1): Part[] {
  const next = [...parts];
  const [part] = next.splice(at, 1);
  if (part !== undefined) next.splice(Math.min(Math.max(at + by, 0), next.length), 0, part);
  return next;
}

/** A new question, item or question of the survey. */
export function freshQuestion(taken: readonly Question[]): Question {
  return { key: freshKey("question", taken), title: {}, text: {}, contexts: [] };
}

/** A new item about the person, answered in words until it has options. */
export function freshItem(taken: readonly Item[]): Item {
  return { key: freshKey("item", taken), label: {}, options: [] };
}

/** A new question of the survey. */
export function freshSurveyItem(taken: readonly SurveyItem[]): SurveyItem {
  return { key: freshKey("survey", taken), text: {}, kind: "scale" };
}

/** The protocol with a quota set, or lifted where there is no number. */
export function withQuota(protocol: Protocol, item: string, option: string, most: number | undefined): Protocol {
  const others = protocol.quotas.filter((quota) => quota.item !== item || quota.option !== option);
  return { ...protocol, quotas: most === undefined ? others : [...others, { item, option, at_most: most }] };
}

/** The protocol without quotas on answers that nobody is asked for any more. */
export function pruned(protocol: Protocol): Protocol {
  const asked = new Set(protocol.about.flatMap(({ key, options }) => options.map((option) => `${key}=${option.key}`)));
  return { ...protocol, quotas: protocol.quotas.filter(({ item, option }) => asked.has(`${item}=${option}`)) };
}

/** The names of the parts in which two protocols differ. */
export function differences(one: Protocol, other: Protocol): string[] {
  const names = Object.keys(one) as (keyof Protocol)[];
  return names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}
