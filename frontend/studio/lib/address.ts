/** The view's state in the address, so that a link or a reload shows the same view. */
import { useNavigate, useSearch } from "@tanstack/react-router";

/** The search part of an address, read but not yet checked. */
export type Search = Readonly<Record<string, unknown>>;

/** Read the search part of an address: texts as they stand; an older link has its texts in quotes. */
export function readSearch(search: string): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(search)].map(([key, value]) => [key, /^".*"$/.test(value) ? unquoted(value) : value]));
}

function unquoted(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

/** Write the search part of an address, so that a person can read and share it. */
export function writeSearch(search: Search): string {
  const told = Object.entries(search).flatMap(([key, value]) => (typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [[key, String(value)]] : []));
  const written = new URLSearchParams(told).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return written === "" ? "" : `?${written}`;
}

/** A text from the address; links inside the studio may give numbers, which count as texts as well. */
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
