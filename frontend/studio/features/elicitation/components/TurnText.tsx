/** The words of a turn with what is highlighted in them. */
import type { Ref } from "react";
import { type Mark, segmentsOf } from "../hooks/passages";

const SAYS: Record<Mark["kind"], string> = {
  quote: "The card rests on these words", passage: "Noted", found: "Found", chosen: "Chosen",
};

/** Draws the text; the marks are nested nowhere, so that a selection stays one. */
export function TurnText({ text, marks, ref }: { text: string; marks: readonly Mark[]; ref?: Ref<HTMLParagraphElement> }) {
  return (
    <p className="turn-words" ref={ref} dir="auto">
      {segmentsOf(text, marks).map((piece) => {
        const kinds = [...new Set(piece.marks.map(({ kind }) => kind))];
        if (kinds.length === 0) return piece.text;
        const lines = piece.marks.filter(({ kind }) => kind === "quote").map(({ id }) => id).join(" ");
        return <mark key={piece.start} className={kinds.map((kind) => `is-${kind}`).join(" ")} data-lines={lines || undefined} title={kinds.map((kind) => SAYS[kind]).join(" · ")}>{piece.text}</mark>;
      })}
    </p>
  );
}
