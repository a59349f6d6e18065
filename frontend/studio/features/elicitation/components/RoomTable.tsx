/** Everyone in a study as they stand now, by a random id alone, with what can be done for one of them. */
import { Button, Group, Menu, SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { choiceFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useHelp } from "../api/participants";
import type { HelpAction, RoomParticipant } from "../api/types";
import { useNow } from "../hooks/live-room";
import { counts, countsByKind, isShown, SHOWN, standingOf, waitsOf, type Whom } from "../hooks/standing";
import { stepWord } from "../hooks/steps";
import { Waits } from "./Waits";

const DONE: Record<HelpAction, string> = {
  pause: "They are asked to wait. What they type is kept.",
  go_on: "They can go on.",
  extend: "They have three questions more.",
  release: "They are done, with the code for complete.",
};

function HelpMenu({ row }: { row: RoomParticipant }) {
  const { slug } = useStudy();
  const navigate = useNavigate();
  const help = useHelp(slug);
  const act = (action: HelpAction) => (): void => {
    help.mutate({ id: row.id, action }, { onSuccess: () => { notify(DONE[action]); }, onError: notifyError });
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><Button size="compact-sm" variant="default" aria-label={`Help participant ${row.id.slice(0, 8)}`}>Help</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => { void navigate({ to: `/studies/${slug}/participants/${row.id}` as string }); }}>Read along</Menu.Item>
        {row.paused ? <Menu.Item onClick={act("go_on")}>Let go on</Menu.Item> : <Menu.Item onClick={act("pause")}>Ask to wait</Menu.Item>}
        <Menu.Item onClick={act("extend")} disabled={row.step !== "interview"}>Three questions more</Menu.Item>
        <Menu.Item onClick={act("release")}>Let finish here, with the code</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function minutesOf({ started_at: from, completed_at: to, last_said_at: said }: RoomParticipant): number | null {
  const until = to ?? said;
  return until === null ? null : Math.max(new Date(until).getTime() - new Date(from).getTime(), 0) / 60_000;
}

function columnsFor(now: number, writes: boolean): readonly Column<RoomParticipant>[] {
  const columns: Column<RoomParticipant>[] = [
    { key: "id", label: "Participant", cell: ({ id, simulated, persona }) => <><code>{id.slice(0, 8)}</code>{simulated && <> <span className="badge">simulated{persona !== "" && persona !== "demo" && `: ${persona.replaceAll("_", " ")}`}</span></>}</> },
    { key: "standing", label: "Now", cell: (row) => { const { word, kind } = standingOf(row, now); return <span className={`standing is-${kind}`}>{word}</span>; }, sortBy: (row) => standingOf(row, now).kind },
    { key: "step", label: "Step", cell: ({ step }) => stepWord(step), sortBy: ({ step }) => step },
    { key: "answers", label: "Answers", numeric: true, cell: ({ answers }) => count(answers), sortBy: ({ answers }) => answers },
    { key: "waits", label: "Replies took", cell: ({ reply_seconds: seconds }) => <Waits seconds={seconds} />, sortBy: ({ reply_seconds: seconds }) => seconds.at(-1) ?? null },
    { key: "minutes", label: "Minutes", numeric: true, cell: (row) => decimal(minutesOf(row), 0), sortBy: minutesOf },
    { key: "begun", label: "Begun", cell: ({ started_at: at }) => new Date(at).toLocaleString(), sortBy: ({ started_at: at }) => at },
  ];
  const living = (row: RoomParticipant): boolean => ["here", "needs", "gone"].includes(standingOf(row, now).kind);
  return writes ? [...columns, { key: "help", label: "Help", cell: (row) => (living(row) ? <HelpMenu row={row} /> : "") }] : columns;
}

function Summary({ participants, whom, now }: { participants: readonly RoomParticipant[]; whom: Whom; now: number }) {
  const { here, needs, gone, done, left } = countsByKind(participants, now, whom);
  const { n, median, p95 } = waitsOf(participants, whom);
  const others = whom === "people" ? "simulated people" : "people";
  const madeUp = whom === "people" ? participants.filter((row) => row.simulated && counts(row)).length : 0;
  return (
    <p className="note">
      {whom === "simulated" && "Simulated, no people: "}{count(here)} here, {count(needs)} may need help, {count(gone)} gone, {count(done)} done, {count(left)} left{madeUp > 0 && `, ${count(madeUp)} of them simulated`}.
      {n > 0 && <> Replies took {decimal(median, 1)} s at the median and {decimal(p95, 1)} s or less for 95 of 100, n = {count(n)}; {others} are not counted in that.</>}
    </p>
  );
}

const SHOWN_WORDS = { everyone: "Everyone", inside: "Still inside", needs: "May need help", simulated: "Simulated" } as const;

/** Draws the table; an id opens the interview. */
export function RoomTable({ participants }: { participants: readonly RoomParticipant[] }) {
  const { slug, role } = useStudy();
  const navigate = useNavigate();
  const [search, change] = useAddress();
  const now = useNow();
  const shown = choiceFrom(search, "show", SHOWN);
  return (
    <>
      <Group gap="md" justify="space-between">
        <SegmentedControl className="who-shown" aria-label="Who is shown" data={SHOWN.map((value) => ({ value, label: SHOWN_WORDS[value] }))} value={shown} onChange={(value) => { change({ show: value === "everyone" ? undefined : value }); }} />
        <Summary participants={participants} whom={shown === "simulated" ? "simulated" : "people"} now={now} />
      </Group>
      <DataTable
        caption="Participants"
        columns={columnsFor(now, may(role, "write"))}
        rows={participants.filter((row) => isShown(row, shown, now))}
        rowKey={({ id }) => id}
        simulated={({ simulated }) => simulated}
        onOpen={({ id }) => { void navigate({ to: `/studies/${slug}/participants/${id}` as string }); }}
      />
    </>
  );
}
