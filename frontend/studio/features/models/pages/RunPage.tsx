/** One run: its charts as they grow, what it does, what it found. The run belongs to the server; this page only looks. */
import "@/styles/models.css";
import { Progress, Tabs } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { Withdrawn } from "@/studio/components/Withdrawn";
import { choiceFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { Run } from "../api/types";
import { CheckpointsTable } from "../components/CheckpointsTable";
import { EvaluationFacts } from "../components/EvaluationFacts";
import { RunActions } from "../components/RunActions";
import { RunAlerts } from "../components/RunAlerts";
import { RunCharts } from "../components/RunCharts";
import { RunConfig } from "../components/RunConfig";
import { RunLog } from "../components/RunLog";
import { RunOrigin } from "../components/RunOrigin";
import { RunSamples } from "../components/RunSamples";
import { StateBadge } from "../components/StateBadge";
import { StopOrResume } from "../components/StopOrResume";
import { TooLong } from "../components/TooLong";
import { TrainsElsewhere } from "../components/TrainsElsewhere";
import { WholeFolder } from "../components/WholeFolder";
import { isSaidByAlert, lasting } from "../hooks/alerts";
import { backText } from "../hooks/elsewhere";
import { useLiveRun } from "../hooks/live-run";
import { aroundData, canStop, placeText, timeLeft } from "../hooks/states";

const TABS = ["charts", "answers", "configuration", "log"] as const;

/** The server's sentence says the step while the run trains; once it ended, the step stands beside it. */
function progressText(run: Run): string {
  const { message, step, total_steps: total, stopping } = run;
  const at = total > 0 ? `Step ${step} of ${total}.` : "";
  if (stopping) return "Stopping: it saves its state first; you can resume it then.";
  if (isSaidByAlert(run)) return at;
  return /\bstep \d|\d steps\b/i.test(message) ? message : `${at} ${message}`.trim();
}

/** What stands beside the state: the place of a run that waits, the time left of one that trains. */
function waitText({ state, place, points, stopping, alerts }: Run): string {
  if (state === "queued" && place !== null) return placeText(place);
  const isHeld = lasting({ alerts }).some(({ kind }) => kind === "stall" || kind === "lost_worker");
  const left = points.findLast(({ name }) => name === "seconds_left");
  return state === "running" && !stopping && !isHeld && left ? timeLeft(left.value) : "";
}

/** Whether the run only measures time and memory. */
function isDry({ config }: Run): boolean {
  return typeof config["dry_run"] === "number";
}

/** What it trains or trained on. */
function Aim({ run }: { run: Run }) {
  const { slug } = useStudy();
  const [before, after] = aroundData(run);
  return <>{isDry(run) && "A dry run: only time and memory are kept. "}{before} <StudioLink to={`/studies/${slug}/models/data-sets/${run.data_set}`}>{run.data_set_name}</StudioLink>{after}</>;
}

/** Stays in sight while the page scrolls, the stop button with it. */
function RunBar({ run }: { run: Run }) {
  const { role } = useStudy();
  return (
    <section className="run-bar" aria-label="Progress">
      <p role="status"><StateBadge state={run.state} away={run.away_since} /> {progressText(run)}</p>
      <p className="run-left">{waitText(run)}</p>
      {may(role, "train") && <div className="run-actions"><StopOrResume run={run} /></div>}
      {canStop(run.state) && <Progress className="run-progress" aria-label="Progress of the run" value={100 * run.progress} />}
    </section>
  );
}

function RunNotes({ run }: { run: Run }) {
  const back = backText(run);
  return (
    <div className="run-head">
      <RunAlerts run={run} />
      <RunOrigin run={run} />
      <TooLong tooLong={run.too_long} />
      <Withdrawn people={run.withdrawals} />
      {run.away_since !== null && <TrainsElsewhere run={run} since={run.away_since} />}
      {back !== "" && <p className="badge-line">{back}</p>}
    </div>
  );
}

function RunBody({ run }: { run: Run }) {
  const [search, change] = useAddress();
  return (
    <>
      <RunBar run={run} />
      <RunNotes run={run} />
      {run.evaluation && <EvaluationFacts evaluation={run.evaluation} />}
      <Tabs value={choiceFrom(search, "tab", TABS)} onChange={(tab) => { change({ tab: tab ?? undefined }); }} keepMounted={false}>
        <Tabs.List aria-label="Parts of the run">
          <Tabs.Tab value="charts">Charts</Tabs.Tab>
          <Tabs.Tab value="answers">Answers</Tabs.Tab>
          <Tabs.Tab value="configuration">Configuration</Tabs.Tab>
          <Tabs.Tab value="log">Log</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="charts" pt="md"><RunCharts run={run} /></Tabs.Panel>
        <Tabs.Panel value="answers" pt="md"><RunSamples id={run.id} ended={!canStop(run.state)} /></Tabs.Panel>
        <Tabs.Panel value="configuration" pt="md"><RunConfig config={run.config} command={run.command} /></Tabs.Panel>
        <Tabs.Panel value="log" pt="md"><RunLog id={run.id} /></Tabs.Panel>
      </Tabs>
      {run.checkpoints.length > 0 && <section className="part" aria-label="Checkpoints"><h2>Checkpoints</h2><CheckpointsTable checkpoints={run.checkpoints} /></section>}
      <WholeFolder run={run} />
    </>
  );
}

/** Draws the run. */
export function RunPage() {
  const { slug, title } = useStudy();
  const { runId = "" } = useParams({ strict: false });
  const { result, line } = useLiveRun(slug, runId);
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Models", to: `/studies/${slug}/models` }], [title, slug]);
  const { data: run, error } = result;
  return (
    <Page
      title={run?.name ?? "Run"}
      crumbs={crumbs}
      lede={run && <Aim run={run} />}
      actions={<>{run && <RunActions run={run} />}<Live state={line} /></>}
    >
      {result.isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void result.refetch(); }} />}
      {run && <RunBody run={run} />}
    </Page>
  );
}
