/** The guideline beside the item; a new version says what changed until one has read it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Desk } from "../api/next";
import { guidelinesQuery } from "../api/guidance";

/** Draws it; nothing where there is no guideline. */
export function GuidelinePanel({ desk, number }: { desk: Desk; number: number }) {
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
    <aside className="guideline" aria-label="Guideline">
      <details open={isNew || undefined}>
        <summary>Guideline, version {newest.number}</summary>
        {isNew && (
          <div className="guideline-new" role="status">
            <p>{newest.number === 1 ? "Read this before you begin." : <><strong>What changed:</strong> {newest.changes}</>}</p>
            <Button size="compact-sm" variant="default" onClick={confirm}>I have read it</Button>
          </div>
        )}
        <p className="words guideline-text">{newest.text}</p>
      </details>
    </aside>
  );
}
