/** A principle in the list: reword it, which makes a new version, or retire it; and the wordings of before. */
import { Button, Group, TextInput, Textarea } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useRetirePrinciple, useRewordPrinciple } from "../api/principles";
import type { Principle } from "../api/types";

interface Props {
  audit: string;
  principle: Principle;
  canWrite: boolean;
}

function Wording({ audit, principle, onDone }: Omit<Props, "canWrite"> & { onDone: () => void }) {
  const { slug } = useStudy();
  const [title, setTitle] = useState(principle.title);
  const [statement, setStatement] = useState(principle.statement);
  const reword = useRewordPrinciple(slug, audit);
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    reword.mutate({ id: principle.id, title, statement }, {
      onSuccess: () => {
        notify("The new version is in use. What was said by the earlier wording is kept with it.");
        onDone();
      },
      onError: notifyError,
    });
  };
  return (
    <form onSubmit={send} className="wording-form">
      <TextInput label="Title" value={title} onChange={(event) => { setTitle(event.currentTarget.value); }} required />
      <Textarea label="Statement" autosize minRows={2} value={statement} onChange={(event) => { setStatement(event.currentTarget.value); }} required />
      <p className="floor">People judged by the earlier words, so the new version begins without judgements.</p>
      <Group gap="xs"><Button type="submit" size="compact-md" loading={reword.isPending}>Put in its place</Button><Button variant="default" size="compact-md" onClick={onDone}>Cancel</Button></Group>
    </form>
  );
}

/** Draws one principle with what can be done to it. */
export function PrincipleRow({ audit, principle, canWrite }: Props) {
  const { slug } = useStudy();
  const [open, setOpen] = useState<"wording" | "retiring">();
  const retire = useRetirePrinciple(slug, audit);
  const close = (): void => { setOpen(undefined); };
  return (
    <li>
      <strong>{principle.title}</strong> <span className="badge">{principle.value === null ? "own words" : "from the graph"}</span>
      {principle.version > 1 && <span className="badge">version {principle.version}</span>}
      <p className="words">{principle.statement}</p>
      {canWrite && open === undefined && (
        <Group gap="xs">
          <Button variant="subtle" size="compact-sm" aria-label={`Reword ${principle.title}`} onClick={() => { setOpen("wording"); }}>Reword</Button>
          <Button variant="subtle" size="compact-sm" aria-label={`Retire ${principle.title}`} onClick={() => { setOpen("retiring"); }}>Retire</Button>
        </Group>
      )}
      {open === "wording" && <Wording audit={audit} principle={principle} onDone={close} />}
      {open === "retiring" && (
        <Group gap="xs">
          <span>Leave it out of every measure from now on? What was said by it is kept.</span>
          <Button size="compact-sm" loading={retire.isPending} onClick={() => { retire.mutate(principle.id, { onSuccess: close, onError: notifyError }); }}>Retire it</Button>
          <Button variant="default" size="compact-sm" onClick={close}>Keep it</Button>
        </Group>
      )}
    </li>
  );
}

/** Draws the wordings that are no longer in use. */
export function RetiredPrinciples({ retired }: { retired: readonly Principle[] }) {
  if (retired.length === 0) return null;
  return (
    <details>
      <summary>{retired.length === 1 ? "One earlier wording" : `${retired.length} earlier wordings`}</summary>
      <ul className="principle-list">
        {retired.map(({ id, title, statement, version, retired_at }) => (
          <li key={id}>
            <strong>{title}</strong> <span className="badge">version {version}</span>
            <p className="words">{statement}</p>
            <p className="floor">In use until {new Date(retired_at ?? "").toLocaleString()}.</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
