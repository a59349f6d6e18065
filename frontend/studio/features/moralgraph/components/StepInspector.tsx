/** A step opened: both values, what was answered in each context and direction, the stories, and the votes. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { LeaningDataSets } from "@/studio/components/LeaningDataSets";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { ValuesCard } from "@/studio/components/ValuesCard";
import { VoteRows } from "@/studio/components/VoteRows";
import { useStudy } from "@/studio/shell/routes";
import { contextsQuery } from "../api/graph";
import { pairQuery, type Source } from "../api/rows";
import type { Pair } from "../api/types";
import type { Open } from "../hooks/inspecting";
import { edgeSentence } from "../hooks/sentences";
import { VotesFold } from "./VotesFold";
import { ANSWER_CHOICES } from "./VotesInspector";

const ORIGINS: Record<Pair["stories"][number]["origin"], string> = { template: "neutral story", researcher: "by a researcher", llm: "by a language model", person: "after what somebody told of themselves" };

interface StepInspectorProps {
  choice: Source;
  one: number;
  other: number;
  answer?: string;
  onOpen: Open;
}

interface PartProps {
  pair: Pair;
  name: (id: number) => string;
  context: (id: number) => string;
}

function Answers({ pair, name, context }: PartProps) {
  if (pair.steps.length === 0) return <p className="note">Nobody has judged this pair.</p>;
  return (
    <ul className="steps-list">
      {pair.steps.map(({ context_id, less_wise, wiser, counts, n }) => (
        <li key={`${context_id}-${less_wise}`}>
          <VotesFold asked={{ value: less_wise, other: wiser, toward: wiser, context: String(context_id) }} name={name}>{edgeSentence({ counts, n, both_ways: false }, name(less_wise), name(wiser), context(context_id))}</VotesFold>
        </li>
      ))}
    </ul>
  );
}

function Stories({ pair, name, context }: PartProps) {
  if (pair.stories.length === 0) return <p className="note">No story was told of this step; people judged the two values by themselves.</p>;
  return (
    <ul className="steps-list">
      {pair.stories.map(({ id, less_wise, wiser, context_id, text, origin, votes }) => (
        <li key={id}>
          <p className="note">{context(context_id)}: from {name(less_wise)} to {name(wiser)}, {ORIGINS[origin]}{votes === 0 && ", not judged yet"}</p>
          <blockquote className="vote-reason" dir="auto">{text === "" ? `A person who went by “${name(less_wise)}” goes by “${name(wiser)}” instead; no reason is told.` : text}</blockquote>
          {votes > 0 && <VotesFold asked={{ story: id }} name={name}>{count(votes)} {votes === 1 ? "vote" : "votes"} on this story</VotesFold>}
        </li>
      ))}
    </ul>
  );
}

/** Draws the step. */
export function StepInspector({ choice, one, other, answer, onOpen }: StepInspectorProps) {
  const { slug } = useStudy();
  const { data: pair, isPending, error, refetch } = useQuery(pairQuery(slug, one, other));
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  const name = (of: number): string => pair.values.find(({ id }) => id === of)?.title ?? `value ${of}`;
  const context = (of: number): string => contexts.find(({ id }) => id === of)?.name ?? "an earlier context";
  const { question, by, group, snapshot } = choice;
  return (
    <div className="value-inspector">
      {pair.values.map(({ id, title, summary, simulated }) => (
        <div key={id} className="step-end">
          <ValuesCard title={title} summary={summary} compact simulated={simulated} />
          <button type="button" className="row-button" onClick={() => { onOpen({ kind: "value", id }); }}>Open {title}</button>
        </div>
      ))}
      <section><h3>What people answered{snapshot === undefined ? "" : " until now"}</h3><Answers pair={pair} name={name} context={context} /></section>
      <section><h3>Stories</h3><Stories pair={pair} name={name} context={context} /></section>
      <section className="rows-section">
        <h3>Votes{choice.context === undefined ? "" : " in this context"}{snapshot === undefined ? "" : ", as the snapshot holds them"}</h3>
        <NativeSelect label="Answer" data={ANSWER_CHOICES} value={answer ?? ""} onChange={(event) => { onOpen({ kind: "step", one, other, answer: event.currentTarget.value || undefined }); }} />
        <VoteRows asked={{ value: one, other, answer, context: choice.context, question, by, group, snapshot }} name={name} withStep />
      </section>
      <LeaningDataSets on={{ values: [one, other, ...pair.stands_for] }} />
    </div>
  );
}
