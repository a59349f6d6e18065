/** A sentence with numbers that unfolds to the votes which it counts. */
import { type ReactNode, useState } from "react";
import { VoteRows } from "@/studio/components/VoteRows";
import type { VotesAsked } from "@/studio/lib/votes";

/** Draws the sentence; the votes are read when somebody wants them. */
export function VotesFold({ asked, name, children }: { asked: VotesAsked; name: (id: number) => string; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details className="votes-fold" onToggle={(event) => { setOpened(event.currentTarget.open); }}>
      <summary>{children}</summary>
      {opened && <VoteRows asked={asked} name={name} withStep />}
    </details>
  );
}
