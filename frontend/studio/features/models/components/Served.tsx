/** What has to be said of a checkpoint wherever it works: that it is promoted, or not, and who left since. */
import { StudioLink } from "@/studio/components/StudioLink";
import { Withdrawn } from "@/studio/components/Withdrawn";
import type { Schema } from "@/studio/lib/schema";
import { useStudy } from "@/studio/shell/routes";

const DECISIONS = {
  promoted: { word: "Promoted", badge: "badge is-good" },
  rejected: { word: "Rejected", badge: "badge is-bad" },
  "": { word: "Not promoted", badge: "badge is-warning" },
} as const;

/** Draws the checkpoint's name as a link, where it stands, and why it works all the same. */
export function Served({ checkpoint, notPromoted = "" }: { checkpoint: Schema<"ServedCheckpointOutput">; notPromoted?: string }) {
  const { slug } = useStudy();
  const { word, badge } = DECISIONS[checkpoint.decision];
  return (
    <div className="served">
      <span className={badge}>{word}</span> <StudioLink to={`/studies/${slug}/models/checkpoints/${checkpoint.id}`}>{checkpoint.name}</StudioLink>
      {checkpoint.decision === "rejected" && <span className="work-hint">Rejected: <span className="words">{checkpoint.reason}</span></span>}
      {notPromoted !== "" && <span className="work-hint">Works all the same: <span className="words">{notPromoted}</span></span>}
      <Withdrawn people={checkpoint.withdrawals} />
    </div>
  );
}
