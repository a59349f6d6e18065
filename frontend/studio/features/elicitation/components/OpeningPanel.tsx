/** Whether people can come in: what is missing, the next states, and the versions that were frozen. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { notify } from "@/studio/lib/notices";
import { useStudyState } from "../api/protocol";
import type { ProtocolView, StudyState } from "../api/types";
import { type Lack, lacksOf, placeWord } from "../hooks/lacks";
import type { Language } from "../hooks/protocol-draft";

const NOW: Record<StudyState, string> = {
  draft: "A draft: nobody can come in yet.",
  pilot: "A pilot: people can come in, and their version is marked as a pilot.",
  open: "Open: people can come in.",
  paused: "Paused: nobody new comes in; those inside can finish.",
  closed: "Closed: nobody new comes in; those inside can finish.",
};
const DO: Record<StudyState, { name: string; says: string }> = {
  draft: { name: "Back to a draft", says: "" },
  pilot: { name: "Open for a pilot", says: "The draft is frozen as a version that is marked as a pilot. People who come in keep it, whatever you change later." },
  open: { name: "Open", says: "The draft is frozen as a version with a number and a hash. People who come in keep it, whatever you change later." },
  paused: { name: "Pause", says: "Nobody new can come in. People who are inside can finish." },
  closed: { name: "Close", says: "Nobody new can come in any more. People who are inside can finish, and withdraw." },
};

function Lacks({ lacks, onJump }: { lacks: readonly Lack[]; onJump: (lack: Lack) => void }) {
  if (lacks.length === 0) return null;
  return (
    <div className="lacks">
      <p><strong>Before it can open:</strong></p>
      <ul>{lacks.map((lack) => <li key={`${lack.place}-${lack.language ?? ""}`}><button type="button" className="row-button" onClick={() => { onJump(lack); }}>{placeWord(lack.place)}</button>: {lack.text}</li>)}</ul>
    </div>
  );
}

function Preview({ slug, language, saved }: { slug: string; language: Language; saved: boolean }) {
  const query = new URLSearchParams({ language }).toString();
  return saved
    ? <Button component="a" href={`/s/${slug}/preview/?${query}`} target="_blank" rel="noopener" variant="default">Preview in a new tab</Button>
    : <Button variant="default" disabled>Preview in a new tab</Button>;
}

function Versions({ versions }: { versions: ProtocolView["versions"] }) {
  if (versions.length === 0) return null;
  return (
    <details><summary>{count(versions.length)} frozen {versions.length === 1 ? "version" : "versions"}</summary>
      <table className="bars">
        <thead><tr><th scope="col">Version</th><th scope="col">Hash</th><th scope="col">Opened</th><th scope="col" className="is-numeric">People</th></tr></thead>
        <tbody>{versions.map(({ number, hash, pilot, opened_at: at, participants }) => <tr key={number}><th scope="row">{number}{pilot ? " (pilot)" : ""}</th><td><code>{hash.slice(0, 12)}</code></td><td>{new Date(at).toLocaleString()}</td><td className="is-numeric">{count(participants)}</td></tr>)}</tbody>
      </table>
    </details>
  );
}

interface OpeningPanelProps {
  slug: string;
  view: ProtocolView;
  language: Language;
  canWrite: boolean;
  saved: boolean;
  onJump: (lack: Lack) => void;
}

/** Draws the panel; each change of state is confirmed with what it means. */
export function OpeningPanel({ slug, view, language, canWrite, saved, onJump }: OpeningPanelProps) {
  const [asked, setAsked] = useState<StudyState>();
  const move = useStudyState(slug);
  const close = (): void => { setAsked(undefined); move.reset(); };
  const go = (state: StudyState): void => { move.mutate(state, { onSuccess: () => { close(); notify(NOW[state]); } }); };
  const blocked = (state: StudyState): boolean => !saved || ((state === "open" || state === "pilot") && Object.keys(view.lacks).length > 0);
  return (
    <section className="sheet" aria-labelledby="opening-title" id="opening">
      <h2 id="opening-title">{NOW[view.state]}</h2>
      <Stack gap="sm">
        {view.changed && view.versions.length > 0 && <p className="note">The draft differs from version {view.versions[0]?.number}, which people get now. Pause and open again to give new people the draft.</p>}
        <Lacks lacks={lacksOf(view.lacks)} onJump={onJump} />
        {canWrite && <Group gap="xs"><Preview slug={slug} language={language} saved={saved} />{view.next_states.map((state) => <Button key={state} variant={state === "open" ? "filled" : "default"} disabled={blocked(state)} onClick={() => { setAsked(state); }}>{DO[state].name}</Button>)}</Group>}
        <Versions versions={view.versions} />
      </Stack>
      <Modal opened={asked !== undefined} onClose={close} title={asked && `${DO[asked].name}?`} closeButtonProps={{ "aria-label": "Close" }}>
        {asked && (
          <Stack gap="md">
            <p>{DO[asked].says}</p>
            {move.error && <ErrorState error={move.error} />}
            <Group gap="xs"><Button loading={move.isPending} onClick={() => { go(asked); }}>{DO[asked].name}</Button><Button variant="default" onClick={close}>Stay</Button></Group>
          </Stack>
        )}
      </Modal>
    </section>
  );
}
