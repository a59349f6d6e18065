/** Pairs with a known answer: for the training round, as gold, or to see whether somebody reads. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { ANSWERS } from "@/studio/lib/answers";
import { may } from "@/studio/lib/me";
import { notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { probesQuery, useRetireProbe } from "../api/batches";
import type { Desk } from "../api/next";
import type { Probe } from "../api/types";
import { PROBE_KINDS } from "../hooks/words";
import { ProbeForm } from "./ProbeForm";

function OneProbe({ desk, probe }: { desk: Desk; probe: Probe }) {
  const { role } = useStudy();
  const retire = useRetireProbe(desk);
  return (
    <li>
      <span className="badge">{PROBE_KINDS[probe.kind]}</span> <span className="words">{probe.prompt === "" ? probe.response_a : probe.prompt}</span>{" "}
      <span className="floor">Known answer: {ANSWERS[probe.expected as keyof typeof ANSWERS]}. {probe.explanation}{probe.from_comparison !== null && ` From ${probe.from_comparison}, which is not dealt as well.`}</span>
      {may(role, "write") && <Button size="compact-sm" variant="subtle" loading={retire.isPending} onClick={() => { retire.mutate(probe.id, { onError: notifyError }); }}>Use no more</Button>}
    </li>
  );
}

/** Draws the list and the form. */
export function ProbeList({ desk }: { desk: Desk }) {
  const { role } = useStudy();
  const { data, isPending, error, refetch } = useQuery(probesQuery(desk));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return (
    <div className="annotation-part">
      {data.length === 0 && <EmptyState title="No known answers yet"><p>Pairs of which the answer is agreed on teach in a training round, and show among the work how people judge. They count in no measure.</p></EmptyState>}
      {data.length > 0 && <ul className="own-acts" aria-label="Pairs with a known answer">{data.map((probe) => <OneProbe key={probe.id} desk={desk} probe={probe} />)}</ul>}
      {may(role, "write") && (
        <>
          <p>A pair of this audit becomes one where it is opened: <StudioLink to={`/studies/${desk.slug}/discretion/${desk.audit}/comparisons`}>choose it among the comparisons</StudioLink>. One in words of your own is written here.</p>
          <section className="sheet" aria-label="New pair with a known answer"><h2>New pair with a known answer</h2><ProbeForm desk={desk} /></section>
        </>
      )}
    </div>
  );
}
