/** The guideline: its text, what changed, which gaps a new version closes, and all versions. */
import { Button, Checkbox, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { gapsQuery, guidelinesQuery, usePublish } from "../api/guidance";
import type { Desk } from "../api/next";
import type { Decision, Guideline } from "../api/types";
import { TextDifference } from "./TextDifference";

function Gaps({ gaps, chosen, onChoose }: { gaps: readonly Decision[]; chosen: readonly number[]; onChoose: (chosen: number[]) => void }) {
  const open = gaps.filter(({ closed_by }) => closed_by === null);
  if (open.length === 0) return null;
  return (
    <Checkbox.Group label="Gaps that this version closes" description="Found when disagreements were decided" value={chosen.map(String)} onChange={(names) => { onChoose(names.map(Number)); }}>
      <Stack gap="xs" mt="xs">{open.map(({ id, note, external_id }) => <Checkbox key={id} value={String(id)} label={`${note} (${external_id})`} />)}</Stack>
    </Checkbox.Group>
  );
}

function Writing({ desk, newest, gaps }: { desk: Desk; newest?: Guideline; gaps: readonly Decision[] }) {
  const [text, setText] = useState(newest?.text ?? "");
  const [changes, setChanges] = useState("");
  const [chosen, setChosen] = useState<number[]>([]);
  const publish = usePublish(desk);
  const unchanged = text.trim() === (newest?.text ?? "");
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    publish.mutate({ text, changes, gaps: chosen }, {
      onSuccess: ({ number }) => {
        setChanges("");
        setChosen([]);
        notify(`Version ${number} stands beside every pair from now on.`);
      },
      onError: notifyError,
    });
  };
  return (
    <form className="sheet" aria-label="Guideline" onSubmit={submit}>
      <Textarea label="Guideline" description="What annotators go by; it stands beside every pair" required autosize minRows={6} maxRows={24} value={text} onChange={(event) => { setText(event.currentTarget.value); }} />
      {newest && <Textarea label="What changed" description="Shown to those who know the last version" required autosize minRows={2} value={changes} onChange={(event) => { setChanges(event.currentTarget.value); }} />}
      <Gaps gaps={gaps} chosen={chosen} onChoose={setChosen} />
      <Button type="submit" disabled={text.trim() === "" || unchanged || (newest !== undefined && changes.trim() === "")} loading={publish.isPending}>{newest ? `Publish version ${newest.number + 1}` : "Publish"}</Button>
    </form>
  );
}

function Versions({ versions }: { versions: readonly Guideline[] }) {
  return (
    <ul className="own-acts" aria-label="Versions of the guideline">
      {versions.map(({ number, changes, created_at, closes, text, difference }) => (
        <li key={number}>
          <details>
            <summary><strong>Version {number}</strong>, {new Date(created_at).toLocaleDateString()}. {changes}{closes > 0 && ` Closes ${closes} ${closes === 1 ? "gap" : "gaps"}.`}</summary>
            {number === 1 ? <p className="words guideline-text">{text}</p> : <TextDifference pieces={difference} />}
          </details>
        </li>
      ))}
    </ul>
  );
}

/** Draws it. */
export function GuidelineEditor({ desk }: { desk: Desk }) {
  const { role } = useStudy();
  const versions = useQuery(guidelinesQuery(desk));
  const { data: gaps = [] } = useQuery(gapsQuery(desk));
  if (versions.isPending) return <TableSkeleton />;
  if (versions.error) return <ErrorState error={versions.error} retry={() => { void versions.refetch(); }} />;
  const [newest] = versions.data;
  return (
    <div className="annotation-part">
      {!newest && <EmptyState title="No guideline yet"><p>A guideline says how to judge where the principles leave room. What is judged under an older version is marked.</p></EmptyState>}
      {may(role, "write") && <Writing key={newest?.number ?? 0} desk={desk} newest={newest} gaps={gaps} />}
      {newest && <Versions versions={versions.data} />}
    </div>
  );
}
