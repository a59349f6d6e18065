/** Which language model does what: the study's choice, else what the environment names, else nobody. */
import { NativeSelect } from "@mantine/core";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useFillRole } from "../api/language-models";
import type { LanguageModel, ModelRole } from "../api/types";
import { WORK } from "../hooks/language-models";

const SAID_BY: Readonly<Record<ModelRole["said_by"], string>> = {
  study: "chosen here", environment: "named by the installation", nobody: "no model",
};
const WAITED_FOR: readonly ModelRole["role"][] = ["interview", "stories"];

function Who({ row }: { row: ModelRole }) {
  if (row.said_by === "nobody") return <>{row.role === "interview" ? "The guided interviewer" : "Nobody"}</>;
  return <>{row.name}{row.host !== "" && <span className="work-hint">at {row.host}</span>}</>;
}

function Choice({ row, models }: { row: ModelRole; models: readonly LanguageModel[] }) {
  const { slug } = useStudy();
  const fill = useFillRole(slug);
  const fit = models.filter(({ state, source }) => state === "usable" && (source === "endpoint" || !WAITED_FOR.includes(row.role)));
  const options = [{ value: "", label: "As the installation says" }, ...fit.map(({ id, name }) => ({ value: id, label: name }))];
  const choose = (id: string): void => {
    const body = { role: row.role, language_model: id === "" ? null : id, temperature: null, max_tokens: null };
    fill.mutate(body, { onSuccess: () => { notify(`${WORK[row.role].name}: saved.`); }, onError: notifyError });
  };
  return <NativeSelect className="work-choice" aria-label={`Language model for: ${WORK[row.role].name}`} data={options} value={row.language_model ?? ""} disabled={fill.isPending} onChange={(event) => { choose(event.currentTarget.value); }} />;
}

/** Draws the table; admins choose in it. */
export function WorkTable({ rows, models }: { rows: readonly ModelRole[]; models: readonly LanguageModel[] }) {
  const { role } = useStudy();
  const columns: Column<ModelRole>[] = [
    { key: "work", label: "Work", cell: (row) => <>{WORK[row.role].name}<span className="work-hint">{WORK[row.role].hint}</span></> },
    { key: "who", label: "Done by", cell: (row) => <Who row={row} /> },
    { key: "said", label: "Why", cell: (row) => SAID_BY[row.said_by] },
    ...(may(role, "train") ? [{ key: "choice", label: "Choose", cell: (row: ModelRole) => <Choice row={row} models={models} /> }] : []),
  ];
  return <DataTable caption="Who does what" columns={columns} rows={rows} rowKey={(row) => row.role} />;
}
