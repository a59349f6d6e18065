/** Which comparisons stand behind a point of a figure, from what the server said of it. */
import type { Controls } from "../api/measures";

/** What an address names of a number's comparisons. */
export type CellOf = Record<string, string>;

/** Decisions against a consensus, counted where as many principles speak as the reader asks for. */
export function againstCell(annotator: string, { minActive }: Pick<Controls, "minActive">, reach: { least?: number; most?: number | null } = {}): CellOf {
  const least = reach.least ?? minActive;
  return {
    annotator,
    against: "true",
    ...(least > 1 && { least: String(least) }),
    ...(reach.most !== undefined && reach.most !== null && { most: String(reach.most) }),
  };
}

/** The cell of a figure's point, by the figure's name; none where the point counts nothing. */
export function pointCell(figure: string, said: unknown, controls: Pick<Controls, "minActive">): CellOf | undefined {
  if (!Array.isArray(said)) return undefined;
  const [first, second, third] = said as readonly unknown[];
  const [name, other] = [String(first), String(second)];
  if (figure === "categories") return { category: name };
  if (figure === "arbitrariness") return againstCell(name, controls);
  if (figure === "by_active") return againstCell(name, controls, { least: Number(second), most: third === null ? null : Number(third) });
  if (figure === "priorities") return { principle: name, annotator: other };
  return undefined;
}
