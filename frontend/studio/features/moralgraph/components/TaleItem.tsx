/** One story of a transition: who wrote it, how many judged it, and what can be done with it. */
import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { notify, notifyError } from "@/studio/lib/notices";
import { useTransitions } from "../api/transitions";
import type { Tale } from "../api/types";
import { Asking } from "./Asking";
import { Retiring } from "./Retiring";
import { VotesButton } from "./VotesButton";

/** Who a story came from. */
export function authorOf({ origin, by, model }: Pick<Tale, "origin" | "by" | "model">): string {
  if (origin === "person") return `after what somebody told of themselves${by === "" ? "" : `, worded by ${by}`}`;
  if (origin === "llm") return `written by a language model${model === "" ? "" : ` (${model})`}${by === "" ? "" : `, asked by ${by}`}`;
  return by === "" ? "written by a researcher" : `written by ${by}`;
}

function Review({ slug, tale }: { slug: string; tale: Tale }) {
  const [text, setText] = useState(tale.text);
  const { review } = useTransitions(slug);
  const take = (): void => {
    review.mutate(
      { id: tale.id, take: true, text: text !== tale.text ? text : undefined },
      { onSuccess: () => { notify("Taken. People are shown it from now on."); }, onError: notifyError },
    );
  };
  const decline = (reason: string): void => { review.mutate({ id: tale.id, take: false, reason }, { onSuccess: () => { notify("Declined. You can still take it."); } }); };
  return (
    <div className="story-review">
      <Textarea label="The proposal, which you may reword" className="is-words" autosize minRows={3} maxLength={1200} value={text} onChange={(event) => { setText(event.currentTarget.value); }} />
      <Group gap="xs">
        <Button size="compact-md" loading={review.isPending} onClick={take}>Take it</Button>
        {tale.state === "proposed" && <Asking label="Decline" about="Decline this story" send="Decline" reason="needed" busy={review.isPending} error={review.error} onSend={({ reason }) => { decline(reason); }} />}
      </Group>
    </div>
  );
}

/** Draws the story. */
export function TaleItem({ slug, tale, writes }: { slug: string; tale: Tale; writes: boolean }) {
  const waits = tale.state !== "taken";
  return (
    <li className={tale.retired ? "tale is-retired" : "tale"}>
      <p className="note">{tale.context_name} · {authorOf(tale)} · {waits ? (tale.state === "proposed" ? "waits for a researcher; nobody sees it yet" : `declined by ${tale.reviewed_by}${tale.reason === "" ? "" : `: ${tale.reason}`}`) : tale.votes === 0 ? "not answered yet" : <VotesButton asked={{ story: tale.id }} title="Votes on this story">{tale.votes === 1 ? "1 answer" : `${count(tale.votes)} answers`}</VotesButton>}</p>
      {waits && writes ? <Review slug={slug} tale={tale} /> : <p className="tale-text" dir="auto">{tale.text}</p>}
      {!waits && <Retiring slug={slug} thing={{ kind: "stories", id: tale.id }} name="this story" retired={tale.retired} writes={writes} />}
    </li>
  );
}
