/** Take principles over from the moral graph: pick values of a snapshot. */
import { Button, Checkbox, NativeSelect, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { decimal } from "@/lib/numbers";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { notify, notifyError } from "@/studio/lib/notices";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { snapshotQuery, snapshotsQuery, useAddPrinciples } from "../api/principles";
import type { SnapshotDetail } from "../api/types";

interface PickProps {
  snapshot: SnapshotDetail;
  taken: ReadonlySet<number>;
  picked: readonly string[];
  onPick: (picked: string[]) => void;
}

function Pick({ snapshot, taken, picked, onPick }: PickProps) {
  const ranked = snapshot.graph.nodes.toSorted((a, b) => b.score - a.score);
  return (
    <Checkbox.Group label="Values, the wisest first" value={[...picked]} onChange={onPick}>
      <Stack gap="xs" mt="xs">
        {ranked.map(({ id, title, summary, score }) => (
          <Checkbox key={id} value={String(id)} disabled={taken.has(id)} label={title} description={taken.has(id) ? "Already a principle here" : `${summary} Score ${decimal(score)}.`} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** Draws the choice of a snapshot and of its values. */
export function TakeOver({ audit, taken }: { audit: string; taken: ReadonlySet<number> }) {
  const { slug } = useStudy();
  const { data: snapshots = [], isPending } = useQuery(snapshotsQuery(slug));
  const [chosen, setChosen] = useState<string>();
  const [picked, setPicked] = useState<string[]>([]);
  const at = Number(chosen ?? snapshots[0]?.id ?? 0);
  const { data: snapshot } = useQuery({ ...snapshotQuery(slug, at), enabled: at > 0 });
  const add = useAddPrinciples(slug, audit);
  if (isPending) return <TableSkeleton count={3} />;
  if (snapshots.length === 0) return <p>Take a snapshot of the <StudioLink to={`/studies/${slug}/graph`}>moral graph</StudioLink> first: principles come from a snapshot, so that later votes do not change them.</p>;
  const press = (): void => {
    add.mutate({ snapshot: at, values: picked.map(Number) }, {
      onSuccess: () => {
        setPicked([]);
        notify("The values are principles of this audit now.");
      },
      onError: notifyError,
    });
  };
  return (
    <Stack gap="sm">
      <NativeSelect label="Snapshot" value={String(at)} data={snapshots.map(({ id, number, created_at }) => ({ value: String(id), label: `Snapshot ${number}, ${new Date(created_at).toLocaleDateString()}` }))} onChange={(event) => { setChosen(event.currentTarget.value); }} />
      {snapshot && <Pick snapshot={snapshot} taken={taken} picked={picked} onPick={setPicked} />}
      <Button onClick={press} disabled={picked.length === 0} loading={add.isPending}>Take over {picked.length > 0 ? picked.length : ""} as principles</Button>
    </Stack>
  );
}
