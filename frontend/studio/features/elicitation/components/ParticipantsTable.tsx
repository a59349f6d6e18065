/** Everyone in a study, by a random id alone. */
import { useNavigate } from "@tanstack/react-router";
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { useStudy } from "@/studio/shell/routes";
import type { ParticipantRow } from "../api/types";
import { stepWord } from "../hooks/steps";

const COLUMNS: readonly Column<ParticipantRow>[] = [
  { key: "id", label: "Participant", cell: ({ id, simulated }) => <><code>{id.slice(0, 8)}</code>{simulated && <> <span className="badge">simulated</span></>}</> },
  { key: "step", label: "Step", cell: ({ step }) => stepWord(step), sortBy: ({ step }) => step },
  { key: "answers", label: "Answers", numeric: true, cell: ({ answers }) => count(answers), sortBy: ({ answers }) => answers },
  { key: "minutes", label: "Minutes", numeric: true, cell: ({ minutes }) => decimal(minutes, 0), sortBy: ({ minutes }) => minutes },
  { key: "begun", label: "Begun", cell: ({ started_at }) => new Date(started_at).toLocaleString(), sortBy: ({ started_at }) => started_at },
];

/** Draws the table; an id opens the interview. */
export function ParticipantsTable({ participants }: { participants: readonly ParticipantRow[] }) {
  const { slug } = useStudy();
  const navigate = useNavigate();
  return (
    <DataTable
      caption="Participants"
      columns={COLUMNS}
      rows={participants}
      rowKey={({ id }) => id}
      simulated={({ simulated }) => simulated}
      onOpen={({ id }) => { void navigate({ to: `/studies/${slug}/participants/${id}` as string }); }}
    />
  );
}
