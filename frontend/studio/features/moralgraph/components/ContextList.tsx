/** The contexts of a study with what rests on each, those out of use as well. */
import { Button, Group } from "@mantine/core";
import { notify, notifyError } from "@/studio/lib/notices";
import { StudioLink } from "@/studio/components/StudioLink";
import { useContextDesk } from "../api/contexts";
import type { ContextDesk, ContextRow } from "../api/types";
import { Asking } from "./Asking";
import { RestsOn } from "./NearContexts";

function InUse({ slug, row, others }: { slug: string; row: ContextRow; others: readonly { value: string; label: string }[] }) {
  const { rename, end } = useContextDesk(slug);
  return (
    <Group gap="xs">
      <Asking label="Rename" about={`Rename “${row.name}”`} send="Rename" name={row.name} reason="welcome" busy={rename.isPending} error={rename.error}
        onSend={({ name, reason }, done) => { rename.mutate({ id: row.id, name, reason }, { onSuccess: () => { notify("Renamed. Votes, stories and its names in other languages stay with it."); done(); } }); }} />
      {others.length > 0 && (
        <Asking label="Put into another" about={`Put “${row.name}” into another context`} send="Put together" others={others} reason="needed" busy={end.isPending} error={end.error}
          onSend={({ other, reason }) => { end.mutate({ id: row.id, kind: "merged", other: Number(other), reason }, { onSuccess: () => { notify("Put together. Its votes count there, and are told apart again when you undo it."); } }); }} />
      )}
      <Asking label="Retire" about={`Retire “${row.name}”`} send="Retire" reason="needed" busy={end.isPending} error={end.error}
        onSend={({ reason }) => { end.mutate({ id: row.id, kind: "retired", other: null, reason }, { onSuccess: () => { notify("Nobody is asked in it any more. Its votes stay."); } }); }} />
    </Group>
  );
}

function OutOfUse({ slug, row, into, writes }: { slug: string; row: ContextRow; into?: ContextRow; writes: boolean }) {
  const { undo } = useContextDesk(slug);
  const press = (id: number) => (): void => { undo.mutate(id, { onSuccess: () => { notify("It is in use again."); }, onError: notifyError }); };
  return (
    <p className="retired">
      {into ? <><strong>Put into</strong> <bdi>“{into.name}”</bdi>: its votes count there.</> : <strong>Retired.</strong>}{" "}
      {writes && row.ended !== null && <Button variant="default" size="compact-sm" aria-label={`Bring “${row.name}” back`} loading={undo.isPending} onClick={press(row.ended)}>Bring it back</Button>}
    </p>
  );
}

/** Draws the rows, those in use first. */
export function ContextList({ slug, desk, writes }: { slug: string; desk: ContextDesk; writes: boolean }) {
  const used = desk.contexts.filter(({ state }) => state === "in_use");
  const names = new Map(desk.contexts.map((row) => [row.id, row]));
  return (
    <ul className="pairs">
      {[...used, ...desk.contexts.filter(({ state }) => state !== "in_use")].map((row) => (
        <li key={row.id} className={row.state === "in_use" ? "pair" : "pair is-retired"}>
          <h3 className="pair-title" dir="auto">{row.state === "in_use" ? <StudioLink to={`/studies/${slug}/graph?context=${row.id}`}>{row.name}</StudioLink> : row.name}</h3>
          {row.description !== "" && <p dir="auto">{row.description}</p>}
          <RestsOn row={row} />
          {row.state === "in_use"
            ? writes && <InUse slug={slug} row={row} others={used.filter(({ id }) => id !== row.id).map(({ id, name }) => ({ value: String(id), label: name }))} />
            : <OutOfUse slug={slug} row={row} into={row.into === null ? undefined : names.get(row.into)} writes={writes} />}
        </li>
      ))}
    </ul>
  );
}
