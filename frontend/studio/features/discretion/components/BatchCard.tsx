/** One batch: how full it is, and how each of its people stands. */
import { Button, Progress, TextInput } from "@mantine/core";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useAdmit, useCloseBatch, useHandOver } from "../api/batches";
import type { Desk } from "../api/next";
import type { Batch, BatchPerson } from "../api/types";
import { Share } from "./Share";

const ORDERS: Readonly<Record<Batch["strategy"], string>> = { random: "in random order", fewest: "the least judged first", disputed: "the most disputed first" };

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function describe({ kind, overlap, strategy, threshold, training, pairs }: Batch): string {
  if (kind === "training") return `Training round. Passed with ${percent(threshold)} of the known answers; each answer is explained.`;
  const asked = `${count(pairs)} pairs, each judged by ${overlap}, ${ORDERS[strategy]}.`;
  return [asked, ...(threshold > 0 ? [`Fewer than ${percent(threshold)} known answers right is marked.`] : []), ...(training === null ? [] : [`After “${training}”.`])].join(" ");
}

function stands({ locked, passed, below, done, total, attempt, admitted_because }: BatchPerson, kind: Batch["kind"]): string {
  const tries = attempt > 1 ? `, try ${attempt}` : "";
  if (admitted_because !== "") return `let in: ${admitted_because}`;
  if (locked) return "waits for the training round";
  if (kind === "training" && done === total) return (passed ? "passed" : "not passed") + tries;
  return (below ? "below the threshold" : done === total ? "done" : "at work") + tries;
}

function LetIn({ desk, batch, person }: { desk: Desk; batch: Batch; person: BatchPerson }) {
  const [because, setBecause] = useState<string>();
  const admit = useAdmit(desk);
  if (because === undefined) return <Button size="compact-sm" variant="default" onClick={() => { setBecause(""); }}>Let in</Button>;
  return (
    <form className="let-in" onSubmit={(event) => { event.preventDefault(); admit.mutate({ batch: batch.id, member: person.id, because }, { onError: notifyError }); }}>
      <TextInput size="xs" required aria-label={`Why ${person.name} is let in`} placeholder="Why" value={because} onChange={(event) => { setBecause(event.currentTarget.value); }} />
      <Button size="compact-sm" type="submit" disabled={because.trim() === ""} loading={admit.isPending}>Let in</Button>
    </form>
  );
}

function HandOver({ desk, batch, person }: { desk: Desk; batch: Batch; person: BatchPerson }) {
  const give = useHandOver(desk);
  return (
    <Button size="compact-sm" variant="default" loading={give.isPending} onClick={() => { give.mutate({ batch: batch.id, member: person.id }, { onSuccess: () => { notify(`What ${person.name} had left lies before the others.`); }, onError: notifyError }); }}>
      Hand over the rest
    </Button>
  );
}

function columnsOf(desk: Desk, batch: Batch, canWrite: boolean): readonly Column<BatchPerson>[] {
  const open = canWrite && batch.closed_at === null;
  return [
    { key: "name", label: "Person", cell: ({ name }) => name, sortBy: ({ name }) => name },
    { key: "done", label: "Done", numeric: true, cell: ({ done, total }) => `${count(done)}\u00a0of\u00a0${count(total)}`, sortBy: ({ done }) => done },
    { key: "known", label: "Known answers right", numeric: true, cell: ({ known }) => <Share rate={known} />, sortBy: ({ known }) => known.value },
    ...(batch.kind === "training" ? [] : [{ key: "attention", label: "Attention", numeric: true, cell: ({ attention }: BatchPerson) => <Share rate={attention} />, sortBy: ({ attention }: BatchPerson) => attention.value }]),
    { key: "state", label: "State", cell: (person) => stands(person, batch.kind) },
    ...(open ? [{
      key: "act",
      label: "To do",
      cell: (person: BatchPerson) => {
        if (person.locked) return <LetIn desk={desk} batch={batch} person={person} />;
        return batch.kind === "work" && person.done < person.total && batch.people.length > 1 ? <HandOver desk={desk} batch={batch} person={person} /> : null;
      },
    }] : []),
  ];
}

/** Draws it. */
export function BatchCard({ desk, batch }: { desk: Desk; batch: Batch }) {
  const { role } = useStudy();
  const canWrite = may(role, "write");
  const close = useCloseBatch(desk);
  const share = batch.asked === 0 ? 0 : batch.done / batch.asked;
  return (
    <section className="sheet batch" aria-label={batch.title}>
      <header className="batch-head">
        <h2>{batch.title}</h2>
        {batch.closed_at !== null && <span className="badge">ended</span>}
        {batch.people.some(({ simulated }) => simulated) && <span className="badge">with simulated people</span>}
        {canWrite && batch.closed_at === null && <Button size="compact-sm" variant="default" loading={close.isPending} onClick={() => { close.mutate(batch.id, { onError: notifyError }); }}>End it</Button>}
      </header>
      <p>{describe(batch)}</p>
      <Progress aria-label={`${batch.title}: judged so far`} value={100 * share} size="sm" />
      <p className="batch-fill">
        {count(batch.done)} of {count(batch.asked)} judgements{batch.kind === "work" && <>, {count(batch.full)} of {count(batch.pairs)} pairs have all of theirs</>}
        {batch.set_aside > 0 && <>, {count(batch.set_aside)} put aside as too distressing (counts against nobody)</>}
      </p>
      <DataTable caption={`People of ${batch.title}`} stacks columns={columnsOf(desk, batch, canWrite)} rows={batch.people} rowKey={({ id }) => String(id)} simulated={({ simulated }) => simulated} />
    </section>
  );
}
