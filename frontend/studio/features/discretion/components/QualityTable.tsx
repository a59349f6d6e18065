/** How people annotate: consistency, leaning to one side, known answers, what they could not tell. Nobody is left out because of it. */
import { useQuery } from "@tanstack/react-query";
import { count, interval } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { qualityQuery } from "../api/batches";
import type { Desk } from "../api/next";
import type { Quality, WhyNot } from "../api/types";
import { WHY_NOT } from "../hooks/words";
import { Share } from "./Share";

function whyText(why: Quality["why"]): string {
  return Object.entries(why).map(([name, times]) => `${WHY_NOT[name as WhyNot]} ${count(times)}`).join(", ");
}

const COLUMNS: readonly Column<Quality>[] = [
  { key: "name", label: "Person", cell: ({ name }) => (name === "" ? <strong>Everybody</strong> : name) },
  { key: "judged", label: "Judged", numeric: true, cell: ({ judged }) => count(judged), sortBy: ({ judged }) => judged },
  { key: "consistent", label: "The same with sides changed", numeric: true, cell: ({ consistent }) => <Share rate={consistent} />, sortBy: ({ consistent }) => consistent.value },
  { key: "turned", label: "Turned with the sides", numeric: true, cell: ({ turned }) => <Share rate={turned} />, sortBy: ({ turned }) => turned.value },
  { key: "left", label: "Left of all sides chosen", numeric: true, cell: ({ left }) => <Share rate={left} />, sortBy: ({ left }) => left.value },
  { key: "known", label: "Known answers right", numeric: true, cell: ({ known }) => <Share rate={known} />, sortBy: ({ known }) => known.value },
  { key: "against", label: "Against own principles", numeric: true, cell: ({ against_own }) => count(against_own), sortBy: ({ against_own }) => against_own },
  { key: "why", label: "Could not tell", cell: ({ why }) => whyText(why) },
  { key: "outdated", label: "Under an older guideline", numeric: true, cell: ({ outdated }) => count(outdated), sortBy: ({ outdated }) => outdated },
  { key: "seconds", label: "Median seconds", numeric: true, cell: ({ seconds }) => (seconds === null ? "–" : count(Math.round(seconds))), sortBy: ({ seconds }) => seconds },
];

function finding({ left }: Quality): string {
  if (left.value === null || left.low === null || left.high === null) return "Nobody has chosen a side yet, so no leaning can be seen.";
  const range = interval(left);
  if (left.low > 0.5) return `People lean to the left: ${range} of the sides they chose, where half is expected.`;
  if (left.high < 0.5) return `People lean to the right: left has only ${range} of the sides they chose, where half is expected.`;
  return `No leaning to one side can be seen: left has ${range} of the sides chosen, and half is expected.`;
}

/** Draws the table with its finding. */
export function QualityTable({ desk }: { desk: Desk }) {
  const { data, isPending, error, refetch } = useQuery(qualityQuery(desk));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  const [everybody] = data;
  if (!everybody) return <EmptyState title="Nobody has judged here yet"><p>How consistent people are, whether they lean to one side, and what they could not tell appears with their first judgements.</p></EmptyState>;
  return (
    <div className="annotation-part">
      <p>{finding(everybody)} Nobody is left out of a measure because of this table: who wants that chooses annotators in the audit’s controls, where it shows.</p>
      <DataTable caption="How people annotate" stacks columns={COLUMNS} rows={data} rowKey={({ name }) => name} simulated={({ simulated }) => simulated} />
    </div>
  );
}
