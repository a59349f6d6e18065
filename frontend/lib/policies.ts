/** A policy as the values card shows it. */

/** A policy cut in two: what is attended to (`lead`), and the rest. */
export interface PolicyParts {
  lead: string;
  rest: string;
}

const CAPITALS = /^((?:\p{Lu}[\p{Lu}'’-]+)(?:\s+(?:\p{Lu}[\p{Lu}'’-]+))*)(?=\s|$)/u;

/** Cut off the leading words in capitals, which name what is attended to (`MOMENTS when …`). */
export function splitPolicy(text: string): PolicyParts {
  const lead = CAPITALS.exec(text)?.[1] ?? "";
  return { lead, rest: text.slice(lead.length).trimStart() };
}
