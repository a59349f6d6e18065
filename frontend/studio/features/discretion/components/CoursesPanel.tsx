/** How each annotator went along in time: over all items, and within a sitting. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count, decimal } from "@/lib/numbers";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { ErrorState } from "@/studio/components/ErrorState";
import { Figure } from "@/studio/components/Figure";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { coursesQuery } from "../api/agreement";
import type { Change, Course, Courses } from "../api/types";
import { useControls } from "../hooks/controls";
import { figureWords } from "../hooks/figure-words";
import type { AddressOf, PartProps } from "./MeasuresPanel";
import { OracleLine } from "./RestsOn";

const SECONDS = "seconds";
/** What rests on the principles' preferences. */
const RESTING = "against";

/** From early to late, each with its n, and the change with its interval. */
export function Moved({ change, digits }: { change: Change; digits: number }) {
  const { early, late, early_n, late_n, value, low, high, few } = change;
  if (value === null) return <span className="floor">too little to compare (n = {count(early_n)} and {count(late_n)})</span>;
  return (
    <>
      <NumberWithInterval value={value} low={low} high={high} digits={digits} />
      <span className="floor">from {decimal(early, digits)}, n = {count(early_n)}, to {decimal(late, digits)}, n = {count(late_n)}</span>
      {few && <span className="floor">too few to say</span>}
    </>
  );
}

function columnsOf(name: string, addressOf: AddressOf): readonly Column<Course>[] {
  const digits = name === SECONDS ? 0 : 2;
  const track = ({ tracks }: Course) => tracks.find((row) => row.name === name);
  const moved = (key: "learning" | "fatigue", label: string): Column<Course> => ({
    key, label, numeric: true,
    cell: (row) => { const found = track(row); return found ? <Moved change={found[key]} digits={digits} /> : "–"; },
    sortBy: (row) => track(row)?.[key].value ?? null,
  });
  return [
    { key: "name", label: "Annotator", cell: ({ rater }) => rater.name, sortBy: ({ rater }) => rater.name },
    { key: "judged", label: "Judged", numeric: true, cell: ({ rater, judged, sessions }) => <><StudioLink to={addressOf({ annotator: rater.id })} className="number-link">{count(judged)}</StudioLink><span className="floor">in {sessions} {sessions === 1 ? "sitting" : "sittings"}</span></>, sortBy: ({ judged }) => judged },
    moved("learning", "First third of all items to the last"),
    moved("fatigue", "First third of a sitting to its last"),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function Shown({ found, measures, addressOf }: PartProps & { found: Courses }) {
  const [search, change] = useAddress();
  const followed = found.tracks.find(({ name }) => name === textFrom(search, "follow"))?.name ?? found.tracks[0]?.name ?? "";
  const untimed = found.untimed.length > 0 && <p className="floor">The verdicts of {found.untimed.join(", ")} came in a file that does not say when they were given.</p>;
  if (found.courses.length === 0) return <><p>Nobody has judged here yet, so there is nothing to follow through time.</p>{untimed}</>;
  return (
    <>
      <NativeSelect label="What is followed" maw="24rem" data={found.tracks.map(({ name, label }) => ({ value: name, label: capital(label) }))} value={followed} onChange={(event) => { change({ follow: event.currentTarget.value }); }} />
      <DataTable caption="How it moved for each annotator" stacks columns={columnsOf(followed, addressOf)} rows={found.courses} rowKey={({ rater }) => rater.id} />
      {["learning", "fatigue"].map((part) => {
        const figure = found.figures[`${followed}.${part}`];
        return figure && figure.data.length > 0 && <Figure key={`${followed}.${part}`} {...figureWords(figure)} figure={figure} height={Number(figure.layout?.height ?? 360)} level={3} />;
      })}
      {followed === RESTING && <OracleLine basis={measures.basis} />}
      <h3>All of it, in sentences</h3>
      <ul>{found.courses.map(({ rater, sentence }) => <li key={rater.id}>{sentence}</li>)}</ul>
      {untimed}
    </>
  );
}

/** Draws table, charts and sentences. */
export function CoursesPanel(props: PartProps) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const { data, isPending, error, refetch } = useQuery(coursesQuery(slug, String(props.audit.id), controls));
  return (
    <section aria-labelledby="courses-title" className="matrix-section">
      <h2 id="courses-title">How judging went along</h2>
      <p>From the first third of somebody’s items to the last is drift or learning; from the first third of a sitting to its last is fatigue. Each change has its 95 % interval; with fewer than ten items in a part nothing is said. Pauses over three minutes are no time spent on an item, one over half an hour begins a new sitting, and a sitting of fewer than six items has no beginning and end.</p>
      {isPending && <FigureSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Shown {...props} found={data} />}
    </section>
  );
}
