/** Whether a checkpoint that is to judge needs a reason. Pure. */
import type { Schema } from "@/studio/lib/schema";

export type Served = Schema<"ServedCheckpointOutput">;

/** Whether somebody has to say why it judges, and has not. */
export function lacksReason(served: Served | null | undefined, reason: string): boolean {
  return Boolean(served && served.decision !== "promoted") && reason.trim() === "";
}

/** What has to be said of a checkpoint that judges, '' where it is promoted and nobody left. */
export function standingOf({ decision, reason, withdrawals }: Served, why: string): string {
  const parts = [
    decision === "promoted" ? "" : decision === "rejected" ? `Rejected: ${reason}` : "Not promoted",
    why === "" ? "" : `judges all the same: ${why}`,
    withdrawals === 0 ? "" : `${String(withdrawals)} behind its data ${withdrawals === 1 ? "has" : "have"} withdrawn`,
  ];
  return parts.filter(Boolean).join("; ");
}
