/** The guideline beside the item; a new version says what changed until one has read it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type Ref } from "react";
import { type Desk } from "../api/next";
import { guidelinesQuery } from "../api/guidance";
import type { Guideline } from "../api/types";
import { TextDifference } from "./TextDifference";

/** What came since one read it, the oldest first; for whoever never read any, that there is something to read. */
function Unread({ versions }: { versions: readonly Guideline[] }) {
  if (versions.at(-1)?.number === 1) return <p>Read this before you begin.</p>;
  return versions.toReversed().map(({ number, changes, difference }) => (
    <div key={number}>
      <p><strong>What changed in version {number}:</strong> {changes}</p>
      <TextDifference pieces={difference} />
    </div>
  ));
}

/** Draws it; nothing where there is no guideline. */
export function GuidelinePanel({ desk, number, ref }: { desk: Desk; number: number; ref?: Ref<HTMLElement> }) {
  const { data } = useQuery({ ...guidelinesQuery(desk, number), enabled: number > 0 });
  const kept = `touchstone-guideline/${desk.slug}/${desk.audit}`;
  const [read, setRead] = useState(() => Number(localStorage.getItem(kept) ?? "0"));
  const newest = data?.[0];
  if (!newest) return null;
  const isNew = newest.number > read;
  const confirm = (): void => {
    localStorage.setItem(kept, String(newest.number));
    setRead(newest.number);
  };
  return (
    <aside ref={ref} className="guideline" aria-label="Guideline">
      <details open={isNew || undefined}>
        <summary>Guideline, version {newest.number}</summary>
        {isNew && (
          <div className="guideline-new" role="status">
            <Unread versions={data.filter(({ number: version }) => version > read)} />
            <Button size="compact-sm" variant="default" onClick={confirm}>I have read it</Button>
          </div>
        )}
        {(!isNew || read === 0) && <p className="words guideline-text">{newest.text}</p>}
      </details>
    </aside>
  );
}
