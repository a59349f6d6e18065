/** The end of the pile: all done, a training round that is not passed yet, or nothing dealt out. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/studio/components/EmptyState";
import { StudioLink } from "@/studio/components/StudioLink";
import { notifyError } from "@/studio/lib/notices";
import { type Desk, standingQuery, useTryAgain } from "../api/next";
import type { NextItem } from "../api/types";

function NotPassed({ desk, onAgain }: { desk: Desk; onAgain: () => void }) {
  const { data } = useQuery({ ...standingQuery(desk), staleTime: 0 });
  const again = useTryAgain(desk);
  const round = data?.places.find(({ batch, finished, passed }) => batch.kind === "training" && finished && !passed);
  const needed = round && Math.ceil(round.threshold * 100);
  const right = round?.known && Math.round((round.known.value ?? 0) * 100);
  return (
    <EmptyState
      title="The training round comes first"
      action={round && <Button loading={again.isPending} onClick={() => { again.mutate(round.batch.id, { onSuccess: onAgain, onError: notifyError }); }}>Do the round again</Button>}
    >
      <p>{round ? `${right} % of your answers were those agreed on; ${needed} % are asked for before the work begins. Your first try is kept, and a researcher can let you in as well.` : "Your work begins once the training round is done."}</p>
    </EmptyState>
  );
}

/** Draws what there is to say. */
export function NothingLeft({ desk, end, back, onAgain }: { desk: Desk; end: NextItem; back: string; onAgain: () => void }) {
  if (end.locked) return <NotPassed desk={desk} onAgain={onAgain} />;
  const { done } = end;
  return (
    <EmptyState title={done > 0 ? "You have judged everything here" : "There is nothing to judge yet"} action={<StudioLink to={back}>Back to the audits</StudioLink>}>
      <p>{done > 0 ? `${done} comparisons carry your judgement. New ones appear here when they are there for you.` : "Comparisons appear here once a researcher has imported them and dealt them out to you."}</p>
    </EmptyState>
  );
}
