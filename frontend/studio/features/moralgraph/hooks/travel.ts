/** Travel along the steps of the graph by keyboard: where one stands, and where each key leads. */
import type { GraphEdge } from "../api/types";

/** Where one stands: on a value, and perhaps looking along one of its steps. */
export interface Standpoint {
  value: number;
  /** The place of the step in `stepsOf`. */
  step?: number;
}

/** A step from where one stands; `up` where it leads to what more people find wiser. */
export interface StepFrom {
  edge: GraphEdge;
  other: number;
  up: boolean;
}

/** The steps of a value: those that lead up first, each kind by the votes behind it. */
export function stepsOf(edges: readonly GraphEdge[], value: number): StepFrom[] {
  return edges
    .filter((edge) => edge.n > 0 && (edge.less_wise === value || edge.wiser === value))
    .map((edge) => ({ edge, up: edge.less_wise === value, other: edge.less_wise === value ? edge.wiser : edge.less_wise }))
    .sort((a, b) => Number(b.up) - Number(a.up) || b.edge.n - a.edge.n || b.edge.likelihood - a.edge.likelihood || a.other - b.other);
}

/** Where a key leads; undefined where it leads nowhere from here. */
export function travelled(edges: readonly GraphEdge[], at: Standpoint, key: string): Standpoint | undefined {
  const steps = stepsOf(edges, at.value);
  if (steps.length === 0) return undefined;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const next = steps.find(({ up }) => up === (key === "ArrowUp"));
    return next && { value: next.other };
  }
  if (key === "ArrowRight") return { value: at.value, step: at.step === undefined ? 0 : (at.step + 1) % steps.length };
  if (key === "ArrowLeft") return { value: at.value, step: at.step === undefined ? steps.length - 1 : (at.step + steps.length - 1) % steps.length };
  const chosen = at.step === undefined ? undefined : steps[at.step];
  if (key === " " && chosen) return { value: chosen.other };
  if (key === "Escape" && chosen) return { value: at.value };
  return undefined;
}

/** What stands there, in words. */
export function standpointText(edges: readonly GraphEdge[], at: Standpoint, name: (id: number) => string): string {
  const steps = stepsOf(edges, at.value);
  const chosen = at.step === undefined ? undefined : steps[at.step];
  if (chosen && at.step !== undefined) {
    const { edge, other, up } = chosen;
    return `Step ${at.step + 1} of ${steps.length} from ${name(at.value)}: ${up ? "up" : "down"} to ${name(other)}, ${Math.round(100 * edge.likelihood)} % find ${name(edge.wiser)} wiser (n = ${edge.n}).`;
  }
  const up = steps.filter((step) => step.up).length;
  return `${name(at.value)}: ${up} ${up === 1 ? "step leads" : "steps lead"} up, ${steps.length - up} down.`;
}
