/** The parts of an audit's page; the address says which one is open, so that it can be shared. */
import { choiceFrom, type Search, useAddress, writeSearch } from "@/studio/lib/address";

/** What the page is made of, in the order in which an audit is read. */
export const PARTS = ["findings", "priorities", "firmness", "agreement", "time", "set-up"] as const;
/** One of them. */
export type Part = (typeof PARTS)[number];

/** How they are called. */
export const PART_NAMES: Readonly<Record<Part, string>> = {
  findings: "Findings", priorities: "Priorities", firmness: "How firm", agreement: "Agreement", time: "Over time", "set-up": "Set-up",
};

/** The part that an address names, else the first. */
export function partFrom(search: Search): Part {
  return choiceFrom(search, "part", PARTS);
}

/** The open part, and the search of every other's address: the reader's controls go along. */
export function useParts(): { part: Part; searchOf: (part: Part) => string } {
  const [search] = useAddress();
  return {
    part: partFrom(search),
    // What one part alone has opened stays behind.
    searchOf: (part) => writeSearch({ ...search, part: part === "findings" ? undefined : part, apart: undefined }),
  };
}
