/** A share with its interval and n, or that there is nothing to count yet. */
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Rate } from "../api/types";

/** Draws it. */
export function Share({ rate }: { rate: Rate }) {
  return rate.n === 0 ? <span className="floor">none yet</span> : <NumberWithInterval {...rate} />;
}
