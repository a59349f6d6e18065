/** What a study lacks before it can open: in words, and where to go to mend it. */
import { type Language, LANGUAGES } from "./protocol-draft";

/** One thing that is missing. */
export interface Lack {
  place: string;
  text: string;
  /** The language whose text is missing. */
  language?: Language;
}

/** The id of the field that holds a text in a language. */
export function fieldId(place: string, language: Language): string {
  return `field-${place.replaceAll(".", "-")}-${language}`;
}

/** The missing things in the order of the server, one for each language that lacks a text. */
export function lacksOf(fields: Readonly<Record<string, readonly string[]>>): Lack[] {
  return Object.entries(fields).flatMap(([place, texts]) => texts.map((text) => {
    const named = /“(\w+)”/.exec(text)?.[1];
    return { place, text, language: LANGUAGES.find(({ code }) => code === named)?.code };
  }));
}

/** Where a missing thing stands, as people call it. */
export function placeWord(place: string): string {
  const [part = "", key, kind] = place.split(".");
  const words: Readonly<Record<string, string>> = {
    questions: "Question", about: "About the person", survey: "At the end", disclosure: "What this study is",
    who_may_read: "Who may read along", consent: "What people agree to", help_contact: "Help", retention_until: "Until when", reviews: "Reviewed texts",
  };
  const number = /_(\d+)$/.exec(key ?? "")?.[1];
  return [words[part] ?? part, number ?? key, kind === "title" ? "in a few words" : ""].filter(Boolean).join(", ");
}

/** Go to a field, or to the part of the page that it belongs to. */
export function goTo({ place, language }: Lack, shown: Language): void {
  const found = document.getElementById(fieldId(place, language ?? shown)) ?? document.getElementById(place) ?? document.getElementById(place.split(".")[0] ?? "");
  found?.scrollIntoView({ block: "center" });
  found?.focus({ preventScroll: true });
}
