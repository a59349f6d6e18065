/** How each annotator went along in time: drift, learning, and fatigue within a session. */
import { useQuery } from "@tanstack/react-query";
import { decimal } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { ErrorState } from "@/studio/components/ErrorState";
import { Figure } from "@/studio/components/Figure";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { coursesQuery } from "../api/agreement";
import type { Change, Course, Courses } from "../api/types";
import { useControls } from "../hooks/controls";
import { figureWords } from "../hooks/figure-words";

function Moved({ change, digits = 2 }: { change: Change; digits?: number }) {
  if (change.value === null) return <span className="floor">too little to compare</span>;
  return (
    <>
      {decimal(change.early, digits)} → {decimal(change.late, digits)}
      <span className="floor"><NumberWithInterval value={change.value} low={change.low} high={change.high} digits={digits} /></span>
    </>
  );
}

const COLUMNS: readonly Column<Course>[] = [
  { key: "name", label: "Annotator", cell: ({ rater }) => rater.name, sortBy: ({ rater }) => rater.name },
  { key: "judged", label: "Judged", numeric: true, cell: ({ judged, sessions }) => <>{judged.toLocaleString()}<span className="floor">in {sessions} {sessions === 1 ? "session" : "sessions"}</span></>, sortBy: ({ judged }) => judged },
  { key: "drift", label: "Agreement with others", numeric: true, cell: ({ drift }) => <Moved change={drift} />, sortBy: ({ drift }) => drift.value },
  { key: "consistency", label: "Own principles followed", numeric: true, cell: ({ consistency }) => <Moved change={consistency} />, sortBy: ({ consistency }) => consistency.value },
  { key: "learning", label: "Seconds an item", numeric: true, cell: ({ learning }) => <Moved change={learning} digits={0} />, sortBy: ({ learning }) => learning.value },
  { key: "fatigue", label: "Agreement along a session", numeric: true, cell: ({ fatigue }) => <Moved change={fatigue} />, sortBy: ({ fatigue }) => fatigue.value },
];

function Shown({ found }: { found: Courses }) {
  const untimed = found.untimed.length > 0 && <p className="floor">The verdicts of {found.untimed.join(", ")} came in a file that does not say when they were given.</p>;
  if (found.courses.length === 0) return <><p>Nobody has judged here yet, so there is nothing to follow through time.</p>{untimed}</>;
  return (
    <>
      <DataTable caption="From the first third of each annotator’s items to the last" columns={COLUMNS} rows={found.courses} rowKey={({ rater }) => rater.id} />
      {found.figure.data.length > 0 && <Figure {...figureWords(found.figure)} figure={found.figure} height={380} level={3} />}
      <ul>{found.courses.map(({ rater, sentence }) => <li key={rater.id}>{sentence}</li>)}</ul>
      {untimed}
    </>
  );
}

/** Draws table, chart and sentences. */
export function CoursesPanel({ audit }: { audit: string }) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const { data, isPending, error, refetch } = useQuery(coursesQuery(slug, audit, controls));
  return (
    <section aria-labelledby="courses-title" className="matrix-section">
      <h2 id="courses-title">How judging went along</h2>
      <p>From the first third of somebody’s items to the last; below each change its 95 % interval. Pauses over three minutes are no time spent on an item, and one over half an hour begins a new session.</p>
      {isPending && <FigureSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Shown found={data} />}
    </section>
  );
}
