/** The view's state in the address, so that a link or a reload shows the same view. */
import { useNavigate, useSearch } from "@tanstack/react-router";

/** The search part of an address, read but not yet checked. */
export type Search = Readonly<Record<string, unknown>>;

/** A text from the address; the router turns digits into numbers, so these count as texts as well. */
export function textFrom(search: Search, key: string): string | undefined {
  const value = search[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** A whole number from the address, within bounds. */
export function countFrom(search: Search, key: string, { least, most }: { least: number; most: number }): number | undefined {
  const value = Number(search[key]);
  return search[key] !== undefined && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

/** Names parted by commas. */
export function namesFrom(search: Search, key: string): string[] {
  return (textFrom(search, key) ?? "").split(",").filter(Boolean);
}

/** One of a few words, or the first of them. */
export function choiceFrom<Choice extends string>(search: Search, key: string, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices.find((choice) => choice === search[key]) ?? choices[0];
}

/** What the address says now, and how to change it; an empty value leaves the address. */
export function useAddress(): [Search, (change: Record<string, string | number | undefined>) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (part: Record<string, string | number | undefined>): void => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined && value !== "");
    void navigate({ to: ".", search: Object.fromEntries(next), replace: true });
  };
  return [search, change];
}
