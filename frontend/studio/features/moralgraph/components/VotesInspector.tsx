/** All votes that a graph rests on, or those with one answer. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { graphQuery, type GraphChoice } from "../api/graph";
import { ANSWERS } from "../hooks/asking";
import type { Open } from "../hooks/inspecting";
import { ANSWER_WORDS, VoteRows } from "./VoteRows";

/** The choice of an answer, or of all of them. */
export const ANSWER_CHOICES = ANSWERS.map((value) => ({ value, label: value === "" ? "Any answer" : ANSWER_WORDS[value] }));

/** Draws the votes. */
export function VotesInspector({ choice, answer, onOpen }: { choice: GraphChoice; answer?: string; onOpen: Open }) {
  const { slug } = useStudy();
  const { data: graph } = useQuery(graphQuery(slug, choice));
  const name = (of: number): string => graph?.nodes.find(({ id }) => id === of)?.title ?? `value ${of}`;
  const { context, question, by, group } = choice;
  return (
    <div className="value-inspector">
      <NativeSelect label="Answer" data={ANSWER_CHOICES} value={answer ?? ""} onChange={(event) => { onOpen({ kind: "votes", answer: event.currentTarget.value || undefined }); }} />
      <VoteRows asked={{ context, question, by, group, answer }} name={name} withStep />
    </div>
  );
}
