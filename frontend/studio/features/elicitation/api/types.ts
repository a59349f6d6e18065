/** What the study's endpoints answer. */

export interface ParticipantRow { id: string; code: string; step: string; minutes: number | null; simulated: boolean; created_at: string; completed_at: string | null }

export interface Participants { counts: Record<string, number>; participants: ParticipantRow[] }

export interface TranscriptTurn { position: number; speaker: "person" | "interviewer"; text: string; at: string }

export interface Transcript { id: string; interviewer: string; turns: TranscriptTurn[] }

export interface AuditEntry { actor: string | null; action: string; subject: string; detail: Record<string, unknown>; at: string }
