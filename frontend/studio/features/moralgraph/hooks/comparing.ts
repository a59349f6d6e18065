/** Two graphs side by side: what the address compares, and the rows of the table between them. */
import type { Drift, SideBySide } from "../api/types";

/** Picks what was asked for where it is there, else the first that is not already taken. */
export function chosen<Item>(items: readonly Item[], keyOf: (item: Item) => string, asked: string | undefined, taken?: Item): Item | undefined {
  return items.find((item) => keyOf(item) === asked && item !== taken) ?? items.find((item) => item !== taken);
}

/** A value's place in one group, as the server gives it. */
export type Placed = SideBySide["groups"][number]["values"][number];

/** A value in two groups; undefined where a group does not rank it. */
export interface Beside {
  value: number;
  left?: Placed;
  right?: Placed;
}

/** The values of two groups side by side, those furthest apart first. */
export function besides({ groups }: SideBySide, left: string, right: string): Beside[] {
  const of = (name: string): Map<number, Placed> => new Map(groups.find((group) => group.name === name)?.values.map((value) => [value.value, value]));
  const [one, other] = [of(left), of(right)];
  const rows = [...new Set([...one.keys(), ...other.keys()])].map((value): Beside => ({ value, left: one.get(value), right: other.get(value) }));
  return rows.sort((a, b) => gapOf(b) - gapOf(a));
}

/** How far apart the two scores are; nothing where one is missing. */
export function gapOf({ left, right }: Beside): number {
  return left && right ? Math.abs(left.score - right.score) : 0;
}

/** Whether the two intervals do not meet. */
export function apart({ left, right }: Beside): boolean {
  if (!left || !right || left.low === null || left.high === null || right.low === null || right.high === null) return false;
  return left.high < right.low || right.high < left.low;
}

/** What became of the first place between two snapshots. */
export function driftText(drift: Drift, name: (id: number) => string): string {
  const { winner_before: before, winner_after: after, agreement, turned, values } = drift;
  const winner = before === null || after === null
    ? "One of the two had no first place."
    : before === after ? `${name(after)} stayed first.` : `${name(after)} is first now; it was ${name(before)}.`;
  const order = agreement === null ? "" : ` The two orders agree by ${agreement.toFixed(2)} (Kendall’s tau, from −1 to 1).`;
  const sure = values.filter(({ certain }) => certain).length;
  const moved = sure === 0 ? " No value moved further than chance explains." : ` ${sure} ${sure === 1 ? "value" : "values"} moved further than chance explains.`;
  return `${winner}${order}${moved} ${turned.length} ${turned.length === 1 ? "step points" : "steps point"} the other way.`;
}
