/** How two versions of a text differ: what was taken out is struck, what is new underlined, and both are said in words. */
import type { Guideline } from "../api/types";

function Piece({ kind, text }: Guideline["difference"][number]) {
  if (kind === "same") return text;
  const Mark = kind === "out" ? "del" : "ins";
  return <Mark><span className="visually-hidden">{kind === "out" ? "(taken out: " : "(new: "}</span>{text.trimEnd()}<span className="visually-hidden">)</span>{text.slice(text.trimEnd().length)}</Mark>;
}

/** Draws the later text with both kinds of marks. */
export function TextDifference({ pieces }: { pieces: Guideline["difference"] }) {
  return (
    <div className="text-difference">
      <p className="note"><del>Struck</del> is taken out, <ins>underlined</ins> is new.</p>
      <p className="words guideline-text">{pieces.map((piece, index) => <Piece key={index} {...piece} />)}</p>
    </div>
  );
}
