/** The size presets of a run, and what a launch sends. */
import { requestOf } from "../api/runs";
import type { RunInput } from "../api/types";

/** From a look to the whole. */
export const SIZES: readonly { value: RunInput["size"]; label: string; description: string }[] = [
  { value: "tiny", label: "Tiny", description: "The encoder stays as it is, only the head learns: a minute or two on two cores" },
  { value: "small", label: "Small", description: "The whole encoder learns for a short while" },
  { value: "full", label: "Full", description: "The whole encoder learns for several epochs: plan for a long run without a GPU" },
];

/** The request that launches the run, as one could send it by hand. */
export function commandFor(slug: string, input: RunInput): string {
  return `POST /api/studies/${slug}/runs/\n${JSON.stringify(requestOf(input), null, 2)}`;
}
