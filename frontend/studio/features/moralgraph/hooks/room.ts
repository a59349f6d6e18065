/** Room for names: each gets the first place that is free, and none where there is none. */

/** A rectangle by its upper left corner, in pixels. */
export interface Box {
  x: number;
  y: number;
  wide: number;
  high: number;
}

/** Whether two rectangles share more than an edge. */
export function overlap(one: Box, other: Box): boolean {
  return one.x < other.x + other.wide && other.x < one.x + one.wide && one.y < other.y + other.high && other.y < one.y + one.high;
}

/** Where a name may stand beside a circle: under it, over it, at its sides, at its corners. */
export function placesBeside({ x, y, radius }: { x: number; y: number; radius: number }, { wide, high }: { wide: number; high: number }, gap = 5): Box[] {
  return [
    { x: x - wide / 2, y: y + radius + gap, wide, high },
    { x: x - wide / 2, y: y - radius - gap - high, wide, high },
    { x: x + radius + gap, y: y - high / 2, wide, high },
    { x: x - radius - gap - wide, y: y - high / 2, wide, high },
    { x: x + radius, y: y + radius, wide, high },
    { x: x - radius - wide, y: y + radius, wide, high },
    { x: x + radius, y: y - radius - high, wide, high },
    { x: x - radius - wide, y: y - radius - high, wide, high },
  ];
}

/** Whether a rectangle lies on a page as a whole. */
export function isOn(page: Pick<Box, "wide" | "high">, { x, y, wide, high }: Box): boolean {
  return x >= 0 && y >= 0 && x + wide <= page.wide && y + high <= page.high;
}

/** What is taken on a page; `clear` begins a new one with what stands there from the start. */
export interface Room {
  clear: (standing?: readonly Box[], page?: Pick<Box, "wide" | "high">) => void;
  take: (places: readonly Box[]) => Box | undefined;
}

/** An empty page; where its size is known, no name stands half beyond it. */
export function emptyRoom(): Room {
  let taken: Box[] = [];
  let page: Pick<Box, "wide" | "high"> | undefined;
  return {
    clear: (standing = [], size) => { taken = [...standing]; page = size; },
    take: (places) => {
      const free = places.find((place) => (page === undefined || isOn(page, place)) && !taken.some((box) => overlap(box, place)));
      if (free) taken.push(free);
      return free;
    },
  };
}
