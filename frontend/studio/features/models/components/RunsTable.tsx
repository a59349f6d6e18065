/** The runs of a study. */
import { useNavigate } from "@tanstack/react-router";
import { Fragment } from "react";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import type { RunRow } from "../api/types";
import { ALERT_TITLES, lasting } from "../hooks/alerts";
import { placeText } from "../hooks/states";
import { StateBadge } from "./StateBadge";

/** What lasts about a run, each a way to where it is told. */
function AlertBadges({ run }: { run: RunRow }) {
  const { slug } = useStudy();
  return lasting(run).map(({ id, kind }) => <Fragment key={id}> <StudioLink className="badge is-bad" to={`/studies/${slug}/models/runs/${run.id}`}>{ALERT_TITLES[kind]}</StudioLink></Fragment>);
}

const COLUMNS: readonly Column<RunRow>[] = [
  { key: "name", label: "Run", cell: ({ name }) => name, sortBy: ({ number }) => number },
  { key: "state", label: "State", cell: (run) => <><StateBadge state={run.state} away={run.away_since} />{run.place !== null && <> {placeText(run.place)}</>}<AlertBadges run={run} /></>, sortBy: ({ state }) => state },
  { key: "step", label: "Step", numeric: true, cell: ({ step, total_steps: total }) => (total > 0 ? `${step} of ${total}` : "–"), sortBy: ({ step }) => step },
  { key: "data", label: "Data set", cell: ({ data_set_name, withdrawals }) => <>{data_set_name}{withdrawals > 0 && <> <span className="badge is-warning">{withdrawals} withdrawn</span></>}</>, sortBy: ({ data_set_name }) => data_set_name },
  { key: "accuracy", label: "Held-out accuracy", numeric: true, cell: ({ evaluation }) => (evaluation ? <NumberWithInterval {...evaluation.accuracy} /> : "–"), sortBy: ({ evaluation }) => evaluation?.accuracy.value ?? null },
  { key: "created", label: "Begun", cell: ({ created_at }) => new Date(created_at).toLocaleString(), sortBy: ({ created_at }) => created_at },
];

/** Draws the table; a run's name opens it. */
export function RunsTable({ runs }: { runs: readonly RunRow[] }) {
  const { slug } = useStudy();
  const navigate = useNavigate();
  return <DataTable caption="Runs" columns={COLUMNS} rows={runs} rowKey={({ id }) => id} onOpen={({ id }) => { void navigate({ to: `/studies/${slug}/models/runs/${id}` as string }); }} />;
}
