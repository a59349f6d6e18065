/** What people told of themselves, in the study's own words, and how its groups can be weighed. */
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { groupsQuery } from "../api/analyses";
import type { Trait } from "../api/types";

/** A key of a protocol as words, where the study has none: `from_30` reads "from 30". */
export function plainKey(key: string): string {
  return key.replaceAll("_", " ");
}

/** The question behind a trait, as the study words it. */
export function questionOf(traits: readonly Trait[], by: string): string {
  return traits.find((trait) => trait.by === by)?.label ?? plainKey(by);
}

/** An answer to it, as the study words it. */
export function answerOf(traits: readonly Trait[], by: string, group: string): string {
  return traits.find((trait) => trait.by === by)?.groups.find(({ name }) => name === group)?.label ?? plainKey(group);
}

/** By what voters can be grouped; empty until it is known. */
export function useTraits(): readonly Trait[] {
  return useQuery(groupsQuery(useStudy().slug, {})).data?.traits ?? [];
}

/** How groups are weighed: by which trait, and by which shares; without shares all count the same. */
export interface Weighing {
  by: string;
  shares?: Readonly<Record<string, string>>;
}

/** Read `age` or `age=old:70,young:30`, as the server writes it. */
export function weighingOf(balance: string): Weighing | undefined {
  const at = balance.indexOf("=");
  if (balance === "") return undefined;
  if (at < 0) return { by: balance };
  const shares = balance.slice(at + 1).split(",").map((part): [string, string] => [part.slice(0, part.lastIndexOf(":")), part.slice(part.lastIndexOf(":") + 1)]);
  return { by: balance.slice(0, at), shares: Object.fromEntries(shares) };
}

/** Write it. */
export function balanceOf({ by, shares }: Weighing): string {
  return shares === undefined ? by : `${by}=${Object.entries(shares).map(([group, share]) => `${group}:${share}`).join(",")}`;
}

/** How groups are weighed, in words; empty where they are not. */
export function weighingText(balance: string, traits: readonly Trait[]): string {
  const weighing = weighingOf(balance);
  if (weighing === undefined) return "";
  const { by, shares } = weighing;
  const question = questionOf(traits, by);
  if (shares === undefined) return `every group by “${question}” counts the same`;
  const whole = Object.values(shares).reduce((sum, share) => sum + Number(share), 0);
  return `groups by “${question}” count as ${Object.entries(shares).map(([group, share]) => `${answerOf(traits, by, group)}: ${Math.round((100 * Number(share)) / whole)} %`).join(", ")}`;
}
