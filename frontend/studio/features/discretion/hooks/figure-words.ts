/** The words that the server wrote into a figure: the finding, and one sentence. */

interface Layout {
  title?: { text?: string };
  meta?: { summary?: string };
}

/** Title and summary, as text above the drawing. */
export function figureWords({ layout }: { layout?: Record<string, unknown> }): { title: string; summary: string } {
  const { title, meta } = (layout ?? {}) as Layout;
  return { title: title?.text ?? "", summary: meta?.summary ?? "" };
}
