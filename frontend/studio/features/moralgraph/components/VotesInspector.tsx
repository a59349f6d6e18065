/** All votes that a graph rests on, or those on one value or with one answer. */
import { NativeSelect } from "@mantine/core";
import { ANSWER_WORDS, VoteRows } from "@/studio/components/VoteRows";
import type { Source } from "../api/rows";
import { ANSWERS } from "../hooks/asking";
import type { Open } from "../hooks/inspecting";
import { useSource } from "../hooks/source";

/** The choice of an answer, or of all of them. */
export const ANSWER_CHOICES = ANSWERS.map((value) => ({ value, label: value === "" ? "Any answer" : ANSWER_WORDS[value] }));

/** Draws the votes. */
export function VotesInspector({ choice, value, answer, onOpen }: { choice: Source; value?: number; answer?: string; onOpen: Open }) {
  const graph = useSource(choice);
  const name = (of: number): string => graph?.nodes.find(({ id }) => id === of)?.title ?? `value ${of}`;
  const { context, question, by, group, snapshot } = choice;
  return (
    <div className="value-inspector">
      {value !== undefined && <p>Votes on <button type="button" className="row-button" onClick={() => { onOpen({ kind: "value", id: value }); }}>{name(value)}</button></p>}
      <NativeSelect label="Answer" data={ANSWER_CHOICES} value={answer ?? ""} onChange={(event) => { onOpen({ kind: "votes", value, answer: event.currentTarget.value || undefined }); }} />
      <VoteRows asked={{ context, question, by, group, snapshot, value, answer }} name={name} withStep />
    </div>
  );
}
