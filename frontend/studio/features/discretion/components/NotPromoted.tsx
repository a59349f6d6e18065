/** Asks why a checkpoint judges that is not promoted. */
import { TextInput } from "@mantine/core";
import type { Served } from "../hooks/not-promoted";

/** Draws nothing where the model is promoted, or no checkpoint. */
export function NotPromoted({ served, reason, onReason }: { served: Served | null | undefined; reason: string; onReason: (reason: string) => void }) {
  if (!served || served.decision === "promoted") return null;
  return <TextInput label="Why it judges though it is not promoted" description="Kept, and shown with its name" required maxLength={1000} value={reason} onChange={(event) => { onReason(event.currentTarget.value); }} />;
}
