/** What every part of the protocol editor is given. */
import type { Protocol } from "../api/types";
import type { Language } from "../hooks/protocol-draft";

/** The protocol, the languages whose texts are shown side by side, and the way to change them. */
export interface EditorProps {
  protocol: Protocol;
  slug: string;
  languages: readonly Language[];
  /** A change that concerns no text. */
  change: (next: Protocol) => void;
  /** A change of a text in a language; its mark of review falls. */
  rewrite: (next: Protocol, language: Language) => void;
  readOnly: boolean;
}
