/** A number that opens the votes which it counts, in the inspector. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { VoteRows } from "@/studio/components/VoteRows";
import { useInspector } from "@/studio/shell/inspector";
import { useStudy } from "@/studio/shell/routes";
import type { VotesAsked } from "@/studio/lib/votes";
import { valuesQuery } from "../api/transitions";
import { useSource } from "../hooks/source";

/** The votes that a number counts; the values are named as they are called now, or as a snapshot has them. */
export function VotesAskedFor({ asked }: { asked: VotesAsked }) {
  const { slug } = useStudy();
  const { data: values = [] } = useQuery({ ...valuesQuery(slug), enabled: asked.snapshot === undefined });
  const kept = useSource({ rule: "touchstone", snapshot: asked.snapshot }, asked.snapshot !== undefined);
  const named = asked.snapshot === undefined ? values : (kept?.nodes ?? []);
  return <VoteRows asked={asked} name={(id) => named.find((value) => value.id === id)?.title ?? `value ${id}`} withStep />;
}

interface VotesButtonProps {
  asked: VotesAsked;
  /** What the inspector calls them: "Votes: young people". */
  title: string;
  /** A sentence of its own rather than a number; paper does without it. */
  quiet?: boolean;
  /** What a screen reader hears, where the number alone says too little. */
  label?: string;
  children: ReactNode;
}

/** Draws the number. */
export function VotesButton({ asked, title, label, quiet = false, children }: VotesButtonProps) {
  const { open } = useInspector();
  return <button type="button" className={quiet ? "row-button is-quiet" : "row-button is-number"} aria-label={label} onClick={() => { open({ title, content: <VotesAskedFor key={JSON.stringify(asked)} asked={asked} /> }); }}>{children}</button>;
}
