/** One of the figures that the server builds of the measures; a point opens the comparisons behind it. */
import { useCallback } from "react";
import { Figure } from "@/studio/components/Figure";
import type { Measures } from "../api/types";
import { useControls } from "../hooks/controls";
import { pointCell } from "../hooks/counted-cells";
import { figureWords } from "../hooks/figure-words";
import type { AddressOf } from "./MeasuresPanel";
import { RestsOn } from "./RestsOn";

/** Draws it with what it rests on; nothing where there is nothing to draw. */
export function MeasureFigure({ name, measures: { figures, basis }, addressOf }: { name: string; measures: Measures; addressOf: AddressOf }) {
  const [{ minActive }] = useControls();
  const behind = useCallback((said: unknown) => {
    const cell = pointCell(name, said, { minActive });
    return cell && addressOf(cell);
  }, [name, minActive, addressOf]);
  const figure = figures[name];
  if (!figure || figure.data.length === 0) return null;
  return <RestsOn basis={basis}><Figure {...figureWords(figure)} figure={figure} height={Number(figure.layout?.height ?? 320)} addressOf={behind} /></RestsOn>;
}
