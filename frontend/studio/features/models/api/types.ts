/** The words of training, as the server describes them. */
import type { Schema } from "@/studio/lib/schema";

export type Rate = Schema<"ShareWithIntervalOutput">;
export type DataSetRow = Schema<"DataSetOutput">;
export type DataSet = Schema<"DataSetDetailOutput">;
export type Side = Schema<"CompositionOutput">;
export type Sample = Schema<"ExampleOutput">;
export type RunState = Schema<"JobStateEnum">;
export type RunRow = Schema<"RunOutput">;
export type Run = Schema<"RunDetailOutput">;
export type RunInput = Schema<"LaunchInputRequest">;
export type Evaluation = Schema<"HeldOutOutput">;
export type CheckpointRow = Schema<"CheckpointOutput">;
export type RunPointsEvent = Schema<"RunPoints">;
export type RunChangedEvent = Schema<"RunChanged">;
export type AuditRow = Schema<"AuditRowOutput">;
export type JobStarted = Schema<"JobStartedOutput">;
export type Log = Schema<"LogOutput">;
export type LanguageModel = Schema<"LanguageModelOutput">;
export type LanguageModelInput = Schema<"LanguageModelInputRequest">;
export type ModelRole = Schema<"RoleOutput">;
export type ModelRoleInput = Schema<"RoleInputRequest">;
export type Recipe = Schema<"RecipeOutput">;
export type Preview = Schema<"RunPreviewOutput">;
