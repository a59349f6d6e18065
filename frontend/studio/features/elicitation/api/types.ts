/** The words of a study, as the server describes them. */
import type { Schema } from "@/studio/lib/schema";

export type ParticipantRow = Schema<"ParticipantOutput">;
export type Participants = Schema<"ParticipantsOutput">;
export type TranscriptTurn = Schema<"TurnOutput">;
export type Transcript = Schema<"TranscriptOutput">;
export type AuditEntry = Schema<"AuditEntryOutput">;
