/** The words of a study, as the server describes them. */
import type { Schema } from "@/studio/lib/schema";

export type RoomParticipant = Schema<"RoomParticipant">;
export type Room = Omit<Schema<"RoomOutput">, "participants"> & { participants: readonly RoomParticipant[] };
export type RoomStep = Schema<"StepOutput">;
/** What a room's stream tells: how one person stands, or how far people come. */
export type RoomEvent = RoomParticipant | Schema<"RoomSteps">;
export type HelpAction = Schema<"HelpInputRequest">["action"];
export type TranscriptTurn = Schema<"TurnOutput">;
export type Transcript = Schema<"TranscriptOutput">;
export type SearchResult = Schema<"SearchOutput">;
export type Code = Schema<"CodeOutput">;
export type NewCode = Schema<"CodeInputRequest">;
export type CodeChange = Schema<"PatchedCodeChangeInputRequest">;
export type Passage = Schema<"PassageOutput">;
export type NewPassage = Schema<"PassageInputRequest">;
export type CodedPassages = Schema<"CodedPassagesOutput">;
export type Context = Schema<"ContextOutput">;
export type NewContext = Schema<"ContextInputRequest">;
export type Places = Schema<"PlacesOutput">;
export type Pilot = Schema<"PilotOutput">;
export type PilotReport = Schema<"PilotReportOutput">;
export type PilotRow = Schema<"PilotRowOutput">;
export type PilotTotal = Schema<"PilotTotalOutput">;
export type NewPilot = Schema<"PilotInputRequest">;
export type Member = Schema<"MemberOutput">;
export type NewMember = Schema<"MemberInputRequest">;
export type AuditEntry = Schema<"AuditEntryOutput">;
export type Protocol = Schema<"Protocol">;
export type Question = Schema<"Question">;
export type Item = Schema<"Item">;
export type SurveyItem = Schema<"SurveyItem">;
export type ProtocolView = Schema<"ProtocolOutput">;
export type StudyState = ProtocolView["state"];
export type NewStudy = Schema<"StudyInputRequest">;
/** A text by language; a language without one is missing. */
export type Texts = Question["title"];
export type Objections = Schema<"ObjectionsOutput">;
export type Exports = Schema<"ExportsOutput">;
export type StudyExport = Schema<"StudyExportOutput">;
export type ExportChoice = Schema<"ExportInputRequest">;
export type ExportPurpose = Schema<"PurposeOutput">;
