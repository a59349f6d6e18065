/** The graph as files that other programs read. */
import { studyPath } from "@/studio/shell/routes";

/** A form that the server writes, and what it is good for. */
export const FORMS = [
  ["json", "Published graph (JSON)"],
  ["graphml", "GraphML"],
  ["values", "Values (CSV)"],
  ["edges", "Steps with their counts (CSV)"],
  ["svg", "Picture (SVG)"],
] as const;

/** Which graph: of one context or all, by a rule, or as a snapshot has it. */
export interface FileChoice {
  context?: string;
  rule: string;
  balance?: string;
  snapshot?: string;
}

/** Where a file is. */
export function fileAddress(slug: string, form: string, { context, rule, balance, snapshot }: FileChoice): string {
  const search = new URLSearchParams({ as: form, rule, ...(context === undefined ? {} : { context }), ...(balance === undefined ? {} : { balance }), ...(snapshot === undefined ? {} : { snapshot }) });
  return studyPath(slug, `graph/file/?${search}`);
}
