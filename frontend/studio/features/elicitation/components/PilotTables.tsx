/** A pilot's report as tables: all of a kind together, and each walk. */
import { decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { StudioLink } from "@/studio/components/StudioLink";
import type { PilotReport, PilotRow, PilotTotal } from "../api/types";
import { costWord, kindWord, minutesWord, rulesWord } from "../hooks/pilots";
import { stepWord } from "../hooks/steps";

const STATES: Record<PilotRow["state"], string> = { waiting: "waits", walking: "walks", arrived: "arrived", failed: "failed" };

function share(value: number | null): string {
  return value === null ? "–" : `${decimal(value * 100, 0)} %`;
}

function seconds(value: number | null): string {
  return value === null ? "–" : `${decimal(value, 2)} s`;
}

const KIND: Column<PilotTotal> = { key: "kind", label: "Kind", cell: ({ kind }) => (kind === "" ? <strong>All</strong> : kindWord(kind)) };

const TIMES: readonly Column<PilotTotal>[] = [
  KIND,
  { key: "ended", label: "Arrived", numeric: true, cell: ({ arrived, walks }) => `${arrived} of ${walks}` },
  { key: "failed", label: "Failed", numeric: true, cell: ({ failed }) => failed },
  { key: "minutes", label: "Minutes", numeric: true, cell: ({ minutes_median: minutes }) => minutesWord(minutes) },
  { key: "waiting", label: "of it waiting", numeric: true, cell: ({ waiting_minutes_median: minutes }) => minutesWord(minutes) },
  { key: "reading", label: "reading (assumed)", numeric: true, cell: ({ reading_minutes_median: minutes }) => minutesWord(minutes) },
  { key: "typing", label: "typing (assumed)", numeric: true, cell: ({ typing_minutes_median: minutes }) => minutesWord(minutes) },
  { key: "turns", label: "Answers", numeric: true, cell: ({ turns }) => turns },
  { key: "first", label: "First words after, longest", numeric: true, cell: ({ first_reply_median_seconds: half, first_reply_longest_seconds: most }) => `${seconds(half)}, ${seconds(most)}` },
];

const OUTCOMES: readonly Column<PilotTotal>[] = [
  KIND,
  { key: "quoted", label: "Card words quoted", numeric: true, cell: ({ share_quoted_median: quoted }) => share(quoted) },
  { key: "rules", label: "Linter", cell: (row) => rulesWord(row) },
  { key: "tokens", label: "Tokens and cost", cell: (row) => costWord(row) },
  { key: "injections", label: "Injections with effect", numeric: true, cell: ({ injections, injections_with_effect: n }) => (injections === 0 ? "–" : `${n} of ${injections}`) },
];

function rowsFor(slug: string): readonly Column<PilotRow>[] {
  return [
    { key: "who", label: "Who", cell: ({ place, kind, participant }) => (participant === null ? `${place + 1}. ${kindWord(kind)}` : <StudioLink to={`/studies/${slug}/participants/${participant}`}>{place + 1}. {kindWord(kind)}</StudioLink>), sortBy: ({ place }) => place },
    { key: "language", label: "Language", cell: ({ language }) => language, sortBy: ({ language }) => language },
    { key: "state", label: "State", cell: ({ state }) => <span className={state === "failed" ? "badge is-bad" : state === "arrived" ? "badge is-good" : "badge"}>{STATES[state]}</span>, sortBy: ({ state }) => state },
    { key: "steps", label: "Came as far as", cell: ({ steps }) => stepWord(steps.at(-1) ?? ""), sortBy: ({ steps }) => steps.length },
    { key: "turns", label: "Answers", numeric: true, cell: ({ turns }) => turns, sortBy: ({ turns }) => turns },
    { key: "minutes", label: "Minutes", numeric: true, cell: ({ minutes, state }) => (state === "waiting" || state === "walking" ? "–" : minutesWord(minutes)), sortBy: ({ minutes }) => minutes },
    { key: "waiting", label: "Waiting", numeric: true, cell: ({ waiting_minutes: minutes, state }) => (state === "waiting" || state === "walking" ? "–" : minutesWord(minutes)), sortBy: ({ waiting_minutes: minutes }) => minutes },
    { key: "first", label: "First words after", numeric: true, cell: ({ first_reply_median_seconds: half }) => seconds(half), sortBy: ({ first_reply_median_seconds: half }) => half },
    { key: "quoted", label: "Quoted", numeric: true, cell: ({ share_quoted: quoted }) => share(quoted), sortBy: ({ share_quoted: quoted }) => quoted },
    { key: "rules", label: "Linter", cell: (row) => rulesWord(row) },
    { key: "failure", label: "What went wrong", cell: ({ failed_at: at, failure, injections_with_effect: effects }) => (failure === "" ? effects.join(", ") : `${stepWord(at)}: ${failure}`) },
  ];
}

/** Draws both tables. */
export function PilotTables({ slug, report }: { slug: string; report: PilotReport }) {
  return (
    <>
      <h3>How long it took, by kind (medians)</h3>
      <DataTable caption="How long it took, by kind" columns={TIMES} rows={[...report.by_kind, report.total]} rowKey={({ kind }) => kind} />
      <h3>What came out, by kind</h3>
      <DataTable caption="What came out, by kind" columns={OUTCOMES} rows={[...report.by_kind, report.total]} rowKey={({ kind }) => kind} />
      <h3>Each walk</h3>
      <DataTable caption="Each walk" columns={rowsFor(slug)} rows={report.rows} rowKey={({ place }) => String(place)} simulated={() => true} />
    </>
  );
}
