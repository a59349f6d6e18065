/** Where the values lie in the picture: the wiser, the higher; sideways, values with votes between them stay near. */

/** A value to be placed. */
export interface Placeable {
  id: string;
  score: number;
}

/** A line between two values. */
export interface Tie {
  less_wise: string;
  wiser: string;
}

/** A place in the picture, x and y between 0 and 1, y upwards. */
export interface Place {
  x: number;
  y: number;
}

const ROUNDS = 240;
const PULL = 0.03;
const PUSH = 0.0016;
/** Golden ratio's fraction: neighbours in rank start far apart, without chance. */
const SPREAD = 0.618034;

function heights(values: readonly Placeable[]): Map<string, number> {
  const scores = values.map(({ score }) => score);
  const low = Math.min(...scores);
  const reach = Math.max(...scores) - low || 1;
  return new Map(values.map(({ id, score }) => [id, (score - low) / reach]));
}

function sidewaysForces(ids: readonly string[], places: Map<string, Place>, ties: readonly Tie[]): Map<string, number> {
  const forces = new Map(ids.map((id) => [id, 0]));
  const add = (id: string, force: number): void => { forces.set(id, (forces.get(id) ?? 0) + force); };
  ids.forEach((a, index) => {
    for (const b of ids.slice(index + 1)) {
      const [from, to] = [places.get(a), places.get(b)];
      if (!from || !to) continue;
      const across = from.x - to.x || (index % 2 === 0 ? 0.001 : -0.001);
      // Values of about the same height must not lie on each other; those far above or below may.
      const push = (PUSH * Math.sign(across)) / (across ** 2 + (3 * (from.y - to.y)) ** 2 + 0.01);
      add(a, push);
      add(b, -push);
    }
  });
  for (const { less_wise, wiser } of ties) {
    const pull = PULL * ((places.get(wiser)?.x ?? 0) - (places.get(less_wise)?.x ?? 0));
    add(less_wise, pull);
    add(wiser, -pull);
  }
  return forces;
}

/** Place every value; the same values and ties give the same picture. */
export function layOut(values: readonly Placeable[], ties: readonly Tie[]): Map<string, Place> {
  const ranked = values.toSorted((a, b) => b.score - a.score || a.id.localeCompare(b.id));
  const height = heights(values);
  const ids = ranked.map(({ id }) => id);
  const known = ties.filter(({ less_wise, wiser }) => height.has(less_wise) && height.has(wiser));
  const places = new Map<string, Place>(ids.map((id, rank) => [id, { x: (0.5 + rank * SPREAD) % 1, y: height.get(id) ?? 0 }]));
  const rounds = ids.length > 150 ? 20 : ROUNDS;
  for (let round = 0; round < rounds; round += 1) {
    const step = 1 - round / rounds;
    for (const [id, force] of sidewaysForces(ids, places, known)) {
      const place = places.get(id);
      if (place) place.x = Math.max(0, Math.min(1, place.x + step * Math.max(-0.05, Math.min(0.05, force))));
    }
  }
  return places;
}
