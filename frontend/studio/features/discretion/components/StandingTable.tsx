/** Who and what judges: how, how much it decided, how far it is, and what could not be read. */
import { Button, Group, Progress } from "@mantine/core";
import { count } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useInspector } from "@/studio/shell/inspector";
import { useStudy } from "@/studio/shell/routes";
import { useAnnotatorAction } from "../api/annotators";
import type { Judging, AnnotatorRow } from "../api/types";
import { hasMore, how, isWorking, STATES } from "../hooks/judging-words";
import { standingOf } from "../hooks/not-promoted";
import { Kind } from "./Kind";
import { Replies } from "./Replies";

function HowFar({ judging, name }: { judging: Judging | null; name: string }) {
  if (!judging) return <>–</>;
  const { state, asked, to_ask: toAsk, message } = judging;
  return (
    <div className="how-far">
      {state && <span className={STATES[state].badge}>{STATES[state].word}</span>}
      <span>{count(asked)} of {count(Math.max(toAsk, asked))}</span>
      {isWorking(state) && <Progress aria-label={`How far ${name} is`} value={toAsk > 0 ? (100 * asked) / toAsk : 0} />}
      {state === "failed" && message !== "" && <span className="floor">{message}</span>}
    </div>
  );
}

function Actions({ audit, row: { id, name, judging, coverage: { n: pairs } } }: { audit: string; row: AnnotatorRow }) {
  const { slug, role } = useStudy();
  const { open } = useInspector();
  const pause = useAnnotatorAction(slug, audit, "pause");
  const resume = useAnnotatorAction(slug, audit, "resume");
  if (!judging) return null;
  const read = (first: string): void => { open({ title: `What ${name} answered`, content: <Replies key={`${id}${first}`} slug={slug} audit={audit} annotator={id} first={first} /> }); };
  const canWrite = may(role, "write");
  return (
    <Group gap="xs">
      {canWrite && isWorking(judging.state) && <Button size="xs" variant="default" loading={pause.isPending} onClick={() => { pause.mutate(id, { onError: notifyError }); }}>Pause</Button>}
      {canWrite && hasMore(judging, pairs) && <Button size="xs" variant="default" loading={resume.isPending} onClick={() => { resume.mutate(id, { onError: notifyError }); }}>Go on</Button>}
      {["judge", "implicit_reward"].includes(judging.method) && <Button size="xs" variant="default" onClick={() => { read(judging.unparsable > 0 ? "unparsable" : ""); }}>Answers</Button>}
    </Group>
  );
}

function standing(checkpoint: AnnotatorRow["checkpoint"], judging: Judging | null) {
  const said = checkpoint ? standingOf(checkpoint, judging?.config.not_promoted ?? "") : "";
  return said === "" ? null : <span className="floor"><span className="badge is-warning">{said}</span></span>;
}

function Unreadable({ audit, row: { id, judging } }: { audit: string; row: AnnotatorRow }) {
  const { slug, role } = useStudy();
  const again = useAnnotatorAction(slug, audit, "ask-again");
  if (judging?.method !== "judge") return <>–</>;
  const { unparsable, asked_again: repeated, state } = judging;
  const ask = (): void => { again.mutate(id, { onSuccess: () => { notify("What could not be read is asked once more, by another seed. What was read stays."); }, onError: notifyError }); };
  return (
    <>
      {count(unparsable)}
      {repeated > 0 && <span className="floor">{count(repeated)} answers were asked again</span>}
      {may(role, "write") && unparsable > 0 && !isWorking(state) && <div><Button size="compact-sm" variant="default" loading={again.isPending} aria-label="Ask again what could not be read" onClick={ask}>Ask again</Button></div>}
    </>
  );
}

function columnsOf(audit: string): readonly Column<AnnotatorRow>[] {
  return [
    { key: "name", label: "Annotator", cell: ({ kind, name, judging, checkpoint }) => <><Kind kind={kind} name={name} />{judging && judging.method !== "null" && <span className="floor">{how(judging)}</span>}{standing(checkpoint, judging)}</> },
    { key: "coverage", label: "Coverage", numeric: true, cell: ({ coverage, verdicts }) => (coverage.value === 0 && verdicts > 0 ? <>0<span className="floor">{count(verdicts)} votes by principle, or undecided</span></> : <NumberWithInterval {...coverage} />), sortBy: ({ coverage }) => coverage.value },
    { key: "far", label: "Answers", cell: ({ judging, name }) => <HowFar judging={judging} name={name} /> },
    { key: "unparsable", label: "Could not be read", numeric: true, cell: (row) => <Unreadable audit={audit} row={row} />, sortBy: ({ judging }) => judging?.unparsable ?? null },
    { key: "order", label: "Decided by the order", numeric: true, cell: ({ judging }) => (judging?.method === "judge" ? count(judging.order_decided) : "–"), sortBy: ({ judging }) => judging?.order_decided ?? null },
    { key: "actions", label: "To do", cell: (row) => <Actions audit={audit} row={row} /> },
  ];
}

/** Draws the table. */
export function StandingTable({ audit, rows }: { audit: string; rows: readonly AnnotatorRow[] }) {
  return <DataTable caption="Annotators" stacks columns={columnsOf(audit)} rows={rows} rowKey={({ id }) => String(id)} simulated={({ simulated }) => simulated} />;
}
