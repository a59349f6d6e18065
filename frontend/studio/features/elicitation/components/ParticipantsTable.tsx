/** Everyone in a study, by their code alone. */
import { useNavigate } from "@tanstack/react-router";
import { decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { useStudy } from "@/studio/shell/routes";
import type { ParticipantRow } from "../api/types";
import { stepWord } from "../hooks/steps";

const COLUMNS: readonly Column<ParticipantRow>[] = [
  { key: "code", label: "Participant", cell: ({ code, simulated }) => <>{code}{simulated && <> <span className="badge">simulated</span></>}</>, sortBy: ({ code }) => code },
  { key: "step", label: "Step", cell: ({ step }) => stepWord(step), sortBy: ({ step }) => step },
  { key: "minutes", label: "Minutes", numeric: true, cell: ({ minutes }) => decimal(minutes, 0), sortBy: ({ minutes }) => minutes },
  { key: "begun", label: "Begun", cell: ({ created_at }) => new Date(created_at).toLocaleString(), sortBy: ({ created_at }) => created_at },
];

/** Draws the table; a code opens the interview. */
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
