/** One text in the languages that are shown, side by side, each in its own direction. */
import { Textarea } from "@mantine/core";
import type { Texts } from "../api/types";
import { fieldId } from "../hooks/lacks";
import { type Language, LANGUAGES, withText } from "../hooks/protocol-draft";

interface LocalTextProps {
  label: string;
  /** Where the text stands in the protocol, so that what is missing can be jumped to. */
  place: string;
  description?: string;
  texts: Texts;
  languages: readonly Language[];
  onChange: (texts: Texts, language: Language) => void;
  long?: boolean;
  readOnly?: boolean;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}

/** Draws a box that grows for each language. One that is not `long` holds a single line of text, however many it needs on the screen. */
export function LocalText({ label, place, description, texts, languages, onChange, long = false, readOnly = false }: LocalTextProps) {
  const shown = LANGUAGES.filter(({ code }) => languages.includes(code));
  const fields = shown.map(({ code, name, rtl }) => {
    const shared = {
      label: shown.length > 1 ? `${label} (${name})` : label,
      id: fieldId(place, code),
      description, readOnly, lang: code, dir: rtl ? "rtl" : "ltr", value: texts[code] ?? "",
      onChange: (event: { currentTarget: { value: string } }) => { onChange(withText(texts, code, long ? event.currentTarget.value : oneLine(event.currentTarget.value)), code); },
    };
    return <Textarea key={code} {...shared} autosize minRows={long ? 3 : 1} maxRows={18} />;
  });
  return shown.length > 1 ? <div className="side-by-side">{fields}</div> : fields;
}
