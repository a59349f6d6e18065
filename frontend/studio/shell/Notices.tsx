/** The corner where short messages appear, and the region that reads them out. */
import { useSyncExternalStore } from "react";
import { Icon } from "@/studio/components/Icon";
import { closeNotice, currentNotices, watchNotices } from "@/studio/lib/notices";

/** Draws the messages of `notify`. */
export function Notices() {
  const notices = useSyncExternalStore(watchNotices, currentNotices);
  return (
    <div className="notices" role="status" aria-live="polite" aria-relevant="additions">
      {notices.map(({ id, kind, text }) => (
        <div key={id} className={`toast is-${kind}`} role={kind === "error" ? "alert" : undefined}>
          <span>{text}</span>
          <button type="button" className="icon-button" aria-label="Close this message" onClick={() => { closeNotice(id); }}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
