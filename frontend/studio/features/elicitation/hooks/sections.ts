/** The parts of the protocol's page, and which of them one looks at. */

/** The parts in their order on the page, by the ids of their elements. */
export const SECTIONS = [
  { id: "opening", label: "Opening" },
  { id: "disclosure", label: "Told first" },
  { id: "questions", label: "Questions" },
  { id: "running", label: "How it runs" },
  { id: "about", label: "About the person" },
  { id: "survey", label: "At the end" },
  { id: "codes", label: "Ways out" },
] as const;

/** Where a section begins, in pixels below the top of the window; none for one that is not drawn. */
export interface Place {
  id: string;
  top: number | undefined;
}

/** The last section that begins in the upper third of the window, else the first that there is. */
export function sectionAt(places: readonly Place[], height: number): string | undefined {
  const drawn = places.filter(({ top }) => top !== undefined);
  return drawn.findLast(({ top = 0 }) => top < height / 3)?.id ?? drawn[0]?.id;
}
