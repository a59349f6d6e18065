/** The mark of an annotator's kind: people are filled circles, algorithms open squares. */
import type { AnnotatorKind } from "../api/types";

const WORDS: Record<AnnotatorKind | "people", string> = {
  person: "person",
  imported_person: "person, imported",
  people: "people together",
  algorithm: "algorithm",
  null: "null to compare with",
};

/** Whether verdicts of this kind come from a machine. */
export function isMachine(kind: AnnotatorKind | "people"): boolean {
  return kind === "algorithm" || kind === "null";
}

/** Draws the mark, the name, and the kind in words. */
export function Kind({ kind, name }: { kind: AnnotatorKind | "people"; name: string }) {
  return (
    <span className={isMachine(kind) ? "kind is-algorithm" : "kind"}>
      {name} <span className="kind-word">{WORDS[kind]}</span>
    </span>
  );
}
