/** One comparison opened: both responses in full, and what everybody said of it; J and K go along the list. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { LeaningDataSets } from "@/studio/components/LeaningDataSets";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { Veiled } from "@/studio/components/Veiled";
import { ANSWERS } from "@/studio/lib/answers";
import { comparisonQuery } from "../api/comparisons";
import type { ComparisonRow, Verdict, WhyNot } from "../api/types";
import { WHY_NOT } from "../hooks/words";
import { ContextChoice } from "./ContextChoice";
import { KnownAnswer } from "./KnownAnswer";

function note({ confidence, swapped, answer, reason, why, against_own, outdated }: Verdict): string {
  const parts = [
    ...(why === "" ? [] : [WHY_NOT[why as WhyNot]]),
    ...(against_own ? ["against all own principles"] : []),
    ...(outdated ? ["under an older guideline"] : []),
    ...(confidence === null ? [] : [`${Math.round(confidence * 100)} % sure`]),
    ...(swapped === "" || swapped === answer ? [] : [`${ANSWERS[swapped]} in the other order`]),
    ...(reason === "" ? [] : [`“${reason}”`]),
  ];
  return parts.join("; ");
}

function Said({ verdict }: { verdict?: Verdict }) {
  if (!verdict) return <span aria-label="nothing">–</span>;
  const more = note(verdict);
  return <>{ANSWERS[verdict.answer]}{more !== "" && <span className="floor">{more}</span>}</>;
}

/** What everybody said overall, a row each. */
function Overall({ verdicts }: { verdicts: readonly Verdict[] }) {
  return (
    <table className="data-table">
      <caption className="visually-hidden">Overall verdicts</caption>
      <tbody>{verdicts.map((verdict, index) => <tr key={index}><th scope="row">{verdict.annotator}</th><td><Said verdict={verdict} /></td></tr>)}</tbody>
    </table>
  );
}

/** A row a principle, a column for everybody who judged by one. */
function Grid({ verdicts }: { verdicts: readonly Verdict[] }) {
  const people = [...new Set(verdicts.map(({ annotator }) => annotator))];
  const asked = [...new Set(verdicts.map(({ principle }) => principle ?? ""))];
  return (
    <div className="data-table-frame" tabIndex={0} role="region" aria-label="Verdicts by principle">
      <table className="data-table">
        <caption className="visually-hidden">Verdicts by principle</caption>
        <thead><tr><th scope="col">By</th>{people.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {asked.map((principle) => (
            <tr key={principle}>
              <th scope="row">{principle}</th>
              {people.map((name) => <td key={name}><Said verdict={verdicts.find((one) => one.annotator === name && (one.principle ?? "") === principle)} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Verdicts({ slug, audit, comparison }: { slug: string; audit: string; comparison: string }) {
  const { data, isPending, error, refetch } = useQuery(comparisonQuery(slug, audit, comparison));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (data.hidden) return <p>This pair is still on your own pile. What others said of it is shown once you have judged it.</p>;
  const overall = data.verdicts.filter(({ principle }) => principle === null);
  const byPrinciple = data.verdicts.filter(({ principle }) => principle !== null);
  if (data.verdicts.length === 0) return <p>Nobody has said anything of this pair yet.</p>;
  return (
    <>
      {overall.length > 0 && <Overall verdicts={overall} />}
      {byPrinciple.length > 0 && <Grid verdicts={byPrinciple} />}
    </>
  );
}

/** What is needed of a comparison where its context is not at hand. */
type Texts = Pick<ComparisonRow, "id" | "external_id" | "prompt" | "response_a" | "response_b">;

/** Draws the prompt, the responses and the verdicts. */
export function ComparisonDetail({ slug, audit, comparison }: { slug: string; audit: string; comparison: ComparisonRow | Texts }) {
  return (
    <div className="comparison-detail">
      <h3>Verdicts</h3>
      <Verdicts slug={slug} audit={audit} comparison={comparison.id} />
      <KnownAnswer desk={{ slug, audit }} comparison={comparison} />
      {"context" in comparison && <ContextChoice audit={audit} comparison={comparison} />}
      <Veiled key={comparison.id} veiled={"blurred" in comparison && comparison.blurred}>
        <h3>Prompt</h3>
        <p className="words">{comparison.prompt}</p>
        <h3>Response A</h3>
        <p className="words">{comparison.response_a}</p>
        <h3>Response B</h3>
        <p className="words">{comparison.response_b}</p>
      </Veiled>
      <LeaningDataSets on={{ comparison: comparison.id }} />
    </div>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName));
}

/** Draws one comparison of a page's rows, and goes to the next and the one before, by button or key. */
export function ComparisonBrowser({ slug, audit, rows, first }: { slug: string; audit: string; rows: readonly ComparisonRow[]; first: string }) {
  const [at, setAt] = useState(() => Math.max(rows.findIndex(({ id }) => id === first), 0));
  const last = rows.length - 1;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "j") setAt((place) => Math.min(place + 1, last));
      if (event.key === "k") setAt((place) => Math.max(place - 1, 0));
    };
    window.addEventListener("keydown", press);
    return () => { window.removeEventListener("keydown", press); };
  }, [last]);
  const row = rows[at];
  if (!row) return null;
  return (
    <>
      <div className="comparison-steps">
        <Button variant="default" size="compact-md" disabled={at === 0} onClick={() => { setAt(at - 1); }}>Before <kbd>K</kbd></Button>
        <span aria-live="polite">{row.external_id}: {at + 1} of {rows.length} on this page</span>
        <Button variant="default" size="compact-md" disabled={at === last} onClick={() => { setAt(at + 1); }}>Next <kbd>J</kbd></Button>
      </div>
      <ComparisonDetail slug={slug} audit={audit} comparison={row} />
    </>
  );
}
