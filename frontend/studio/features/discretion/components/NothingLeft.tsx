/** The end of the pile: one's own is done and others are open, all is done, a training round is not passed yet, or nothing is there. */
import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count } from "@/lib/numbers";
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
      action={round && <Button loading={again.isPending} onClick={() => { again.mutate(round.batch.id, { onSuccess: () => { onAgain(); }, onError: notifyError }); }}>Do the round again</Button>}
    >
      <p>{round ? `${right} % of your answers were those agreed on; ${needed} % are asked for before the work begins. Your first try is kept, and a researcher can let you in as well.` : "Your work begins once the training round is done."}</p>
    </EmptyState>
  );
}

function PileDone({ end: { done, open_count: open }, undo, back, onBeyond }: { end: NextItem; undo: ReactNode; back: string; onBeyond: () => void }) {
  const action = <Group justify="center"><Button onClick={onBeyond}>Judge other pairs</Button>{undo}<StudioLink to={back}>Back to the audits</StudioLink></Group>;
  return (
    <EmptyState title="Your pile is done" action={action}>
      <p>All {count(done)} pairs that were dealt to you are judged. {count(open)} other {open === 1 ? "pair is" : "pairs are"} open to everybody; nobody expects you to go on with {open === 1 ? "it" : "them"}.</p>
    </EmptyState>
  );
}

interface NothingLeftProps {
  desk: Desk;
  end: NextItem;
  back: string;
  onAgain: (how?: { beyond: boolean }) => void;
  onUndo: () => void;
}

/** Draws what there is to say. */
export function NothingLeft({ desk, end, back, onAgain, onUndo }: NothingLeftProps) {
  if (end.locked) return <NotPassed desk={desk} onAgain={onAgain} />;
  const { done } = end;
  const undo = done > 0 && <Button variant="default" onClick={onUndo}>Undo last</Button>;
  if (end.open_count > 0) return <PileDone end={end} undo={undo} back={back} onBeyond={() => { onAgain({ beyond: true }); }} />;
  return (
    <EmptyState title={done > 0 ? "You have judged everything here" : "There is nothing to judge yet"} action={<Group justify="center">{undo}<StudioLink to={back}>Back to the audits</StudioLink></Group>}>
      <p>{done > 0 ? `${done} comparisons carry your judgement. New ones appear here when they are there for you.` : "Comparisons appear here once a researcher has imported them and dealt them out to you."}</p>
    </EmptyState>
  );
}
