/** One pair side by side, and the decision on it: by the rubric, by a reason, by keyboard. */
import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { decimal } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { useKeys, useSingleKeys } from "@/studio/lib/keys";
import { notify } from "@/studio/lib/notices";
import { useMerging } from "../api/merges";
import type { MergePair } from "../api/types";
import { ALL_HOLD, missing, PARTS, turned, type RubricAnswers } from "../hooks/rubric";
import { MergeHistory } from "./MergeHistory";
import { MergeRubric } from "./MergeRubric";
import { MergeSide } from "./MergeSide";
import { leaving, MergeSplit } from "./MergeSplit";

const LONGEST = 300;
const DONE = { merged: "Put together. U undoes it.", apart: "Kept apart. U undoes it." } as const;
const MEASURES: Readonly<Record<string, string>> = { letters: "by the letters of their words" };

interface MergeFormProps {
  slug: string;
  pair: MergePair;
  writes: boolean;
  onDecided: () => void;
  onUndo: (id: number) => void;
}

function Nearness({ near }: { near: MergePair["near"] }) {
  if (near === null) return <p className="note">No two of their cards are near each other now.</p>;
  const by = MEASURES[near.encoder] ?? `in meaning (${near.encoder})`;
  return <p className="note">Similarity {decimal(near.similarity)} {by}; 1 would be the same text.</p>;
}

/** Draws both sides, the rubric and the buttons. */
export function MergeForm({ slug, pair, writes, onDecided, onUndo }: MergeFormProps) {
  const [answers, setAnswers] = useState<RubricAnswers>({});
  const [stays, setStays] = useState(pair.stays);
  const [reason, setReason] = useState("");
  const [lack, setLack] = useState("");
  const [splitting, setSplitting] = useState(false);
  const [singleKeys] = useSingleKeys();
  const field = useRef<HTMLTextAreaElement>(null);
  const { decide, undo } = useMerging(slug);
  const { low, high, decisions } = pair;
  const open = low.live && high.live && !decisions.some(({ kind, undone_at: undone }) => undone === null && kind !== "split");
  const decides = writes && open;
  const change = (next: RubricAnswers): void => { setAnswers(next); setLack(""); };

  const give = (decision: "merged" | "apart"): void => {
    const lacks = missing(decision, answers, reason);
    setLack(lacks ?? "");
    if (lacks !== undefined || decide.isPending) return;
    // The desk may show the next pair before the answer is there: what is said then must not depend on this form.
    decide.mutateAsync({ low: low.value.id, high: high.value.id, decision, keep: decision === "merged" ? stays : null, rubric: { ...answers }, reason })
      .then(() => { notify(DONE[decision]); onDecided(); }, () => undefined);
  };
  const fateOf = (value: number): "stays" | "moves" | undefined => (decides ? (stays === value ? "stays" : "moves") : undefined);
  const swap = (): void => { setStays(stays === low.value.id ? high.value.id : low.value.id); };
  const acts: Readonly<Record<string, () => void>> = {
    y: () => { change(ALL_HOLD); },
    a: () => { give("merged"); },
    r: () => { give("apart"); },
    w: swap,
    s: () => { if (leaving(pair).length > 0) setSplitting(true); else setLack("Neither value has a second card, so there is nothing to take out."); },
    m: () => { field.current?.focus(); },
    ...Object.fromEntries(PARTS.map((part) => [part, () => { change(turned(answers, part)); }])),
  };
  useKeys(decides && singleKeys && !splitting, (key) => {
    const act = acts[key.toLowerCase()];
    act?.();
    return act !== undefined;
  });

  return (
    <article className="merge-pair" aria-labelledby="pair-title" data-pair={`${low.value.id}-${high.value.id}`}>
      <h2 id="pair-title" tabIndex={-1}>“{low.value.title}” and “{high.value.title}”</h2>
      <Nearness near={pair.near} />
      <div className="objection-sides">
        <MergeSide side={low} fate={fateOf(low.value.id)} label="The first value" />
        <MergeSide side={high} fate={fateOf(high.value.id)} label="The second value" />
      </div>
      <MergeRubric pair={pair} answers={answers} onChange={decides ? change : undefined} />
      {decides && (
        <Stack gap="sm">
          <Textarea ref={field} label={<>Reason, where the rubric does not say it <kbd>M</kbd></>} description="The authors of the cards that move read it." maxLength={LONGEST} autosize minRows={1} value={reason} onChange={(event) => { setReason(event.currentTarget.value); setLack(""); }} onKeyDown={(event) => { if (event.key === "Escape") event.currentTarget.blur(); }} />
          <Group gap="xs" className="merge-buttons">
            <Button onClick={() => { give("merged"); }} loading={decide.isPending}>Put together <kbd>A</kbd></Button>
            <Button variant="default" onClick={() => { give("apart"); }} disabled={decide.isPending}>Keep apart <kbd>R</kbd></Button>
            <Button variant="default" onClick={() => { change(ALL_HOLD); }}>All parts hold <kbd>Y</kbd></Button>
            <Button variant="default" onClick={swap}>The other wording stays <kbd>W</kbd></Button>
            {leaving(pair).length > 0 && <Button variant="default" onClick={() => { setSplitting(true); }}>Take a card out <kbd>S</kbd></Button>}
          </Group>
          <p role="status" className="note merge-lack">{lack}</p>
          {decide.error && <ErrorState error={decide.error} />}
        </Stack>
      )}
      {!writes && <p className="note">A researcher of the study decides on pairs.</p>}
      {writes && !open && decisions.length === 0 && <p className="note">One of these values is not in the graph any more, so there is nothing to decide.</p>}
      {decisions.length > 0 && <section aria-labelledby="decided-title"><h3 id="decided-title">Decided on this pair</h3><MergeHistory decisions={decisions} busy={undo.isPending} onUndo={writes ? onUndo : undefined} /></section>}
      <MergeSplit slug={slug} pair={pair} opened={splitting} onClose={() => { setSplitting(false); }} />
    </article>
  );
}
