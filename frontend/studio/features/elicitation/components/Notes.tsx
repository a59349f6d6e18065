/** What researchers noted on one turn; what is taken away can be put back. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { notifyError } from "@/studio/lib/notices";
import { codesQuery, usePassages } from "../api/coding";
import type { Passage } from "../api/types";
import { wordsOf } from "../hooks/passages";

interface NotesProps {
  slug: string;
  participant: string;
  text: string;
  passages: readonly Passage[];
  writes: boolean;
}

/** Draws the notes in the order of the text. */
export function Notes({ slug, participant, text, passages, writes }: NotesProps) {
  const { data: codes = [] } = useQuery(codesQuery(slug));
  const { mark, remove } = usePassages(slug, participant);
  const [gone, setGone] = useState<readonly Passage[]>([]);
  const name = (passage: Passage): string => codes.find(({ id }) => id === passage.code)?.name ?? "memo";
  const takeAway = (passage: Passage): void => {
    remove.mutate(passage, { onSuccess: () => { setGone([...gone, passage]); }, onError: notifyError });
  };
  const putBack = (passage: Passage): void => {
    const { position, start, end, code, memo } = passage;
    mark.mutate({ position, start, end, code, memo }, { onSuccess: () => { setGone(gone.filter(({ id }) => id !== passage.id)); }, onError: notifyError });
  };
  if (passages.length + gone.length === 0) return null;
  return (
    <ul className="notes" aria-label="Notes">
      {passages.map((passage) => (
        <li key={passage.id} className="note-line">
          <span className="badge">{name(passage)}</span> <q dir="auto">{wordsOf(text, passage)}</q>
          {passage.memo !== "" && <span className="note-memo">{passage.memo}</span>}
          <span className="note-by">{passage.by ?? "an account that is gone"}</span>
          {writes && <Button size="compact-sm" variant="subtle" aria-label={`Take away the note ${name(passage)}`} onClick={() => { takeAway(passage); }}>Take away</Button>}
        </li>
      ))}
      {gone.map((passage) => (
        <li key={passage.id} className="note-line" role="status">
          <span>Taken away: {name(passage)}.</span> <Button size="compact-sm" variant="default" onClick={() => { putBack(passage); }}>Undo</Button>
        </li>
      ))}
    </ul>
  );
}
