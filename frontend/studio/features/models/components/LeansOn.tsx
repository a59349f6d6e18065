/** What an example leans on, one by one: who said what of its pair, and the values behind its target. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { StudioLink } from "@/studio/components/StudioLink";
import { ANSWERS } from "@/studio/lib/answers";
import { useStudy } from "@/studio/shell/routes";
import { namedVerdictsQuery } from "../api/leaning";
import type { Sample } from "../api/types";
import { leansOn, leansText, lostText, type Speaker, speakersOf, type Verdict } from "../hooks/leans";
import { ValueBehind } from "./ValueBehind";

function Said({ verdict: { principle, answer, reason } }: { verdict: Verdict }) {
  return <li>{principle === null ? "Overall" : <>By <span className="words">{principle}</span></>}: <strong>{ANSWERS[answer]}</strong>{reason !== "" && <>, <q dir="auto">{reason}</q></>}</li>;
}

function Speaking({ speaker: { name, left, said } }: { speaker: Speaker }) {
  const at = said[0]?.at;
  return (
    <li>
      <p><strong>{name}</strong>{at !== undefined && <span className="note">, {new Date(at).toLocaleString()}</span>}</p>
      {left && <p className="note">This person’s account is gone; what they said stays counted.</p>}
      <ul>{said.map((verdict) => <Said key={verdict.id} verdict={verdict} />)}</ul>
    </li>
  );
}

function Verdicts({ audit, comparison, verdicts }: { audit: string; comparison: string; verdicts: readonly number[] }) {
  const { slug } = useStudy();
  const { data, isPending, error, refetch } = useQuery(namedVerdictsQuery(slug, { audit, comparison, verdicts }));
  if (isPending) return <p className="note" role="status">The verdicts are being read.</p>;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (data.hidden) return <p className="note">This pair is still on your own pile. What others said of it is shown once you have judged it.</p>;
  const lost = lostText(verdicts.length, data.verdicts);
  return (
    <>
      <ul className="leaning">{speakersOf(data.verdicts).map((speaker) => <Speaking key={speaker.name} speaker={speaker} />)}</ul>
      {lost !== "" && <p className="note">{lost}</p>}
      <p><StudioLink to={`/studies/${slug}/discretion/${audit}/comparisons?comparison=${comparison}`}>Open comparison {data.external_id}</StudioLink></p>
    </>
  );
}

function consentsText(people: number): string {
  return people === 1
    ? "1 person voted in its context and agreed that a model is trained on it; no other vote counts here."
    : `${count(people)} people voted in its context and agreed that a model is trained on it; no other votes count here.`;
}

/** Draws the sentence; what it counts is read when somebody opens it. */
export function LeansOn({ example: { source, context }, audit }: { example: Sample; audit?: string }) {
  const [opened, setOpened] = useState(false);
  const leans = leansOn(source);
  const { comparison, verdicts, values, consents, snapshot } = leans;
  const text = leansText(leans);
  if (text === "") return null;
  return (
    <details className="leans-on" onToggle={(event) => { setOpened(event.currentTarget.open); }}>
      <summary>{text}</summary>
      {opened && verdicts.length > 0 && audit !== undefined && comparison !== undefined && (
        <section aria-label="Verdicts"><h4>Verdicts</h4><Verdicts audit={audit} comparison={comparison} verdicts={verdicts} /></section>
      )}
      {opened && values.length > 0 && (
        <section aria-label="Values">
          <h4>Values</h4>
          {consents > 0 && <p className="note">{consentsText(consents)}</p>}
          <ul className="leaning">{values.map((value) => <li key={value}><ValueBehind id={value} context={context === "" ? undefined : context} snapshot={snapshot} /></li>)}</ul>
        </section>
      )}
    </details>
  );
}
