/** Which language model does what, and how: the study's choice, else what the environment names, else nobody. */
import { Button } from "@mantine/core";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useInspector } from "@/studio/shell/inspector";
import { useStudy } from "@/studio/shell/routes";
import type { ModelRole } from "../api/types";
import { howOf, WORK } from "../hooks/language-models";
import { Served } from "./Served";
import { WorkForm } from "./WorkForm";

const SAID_BY: Readonly<Record<ModelRole["said_by"], string>> = {
  study: "chosen here", environment: "named by the installation", nobody: "no model",
};

function Who({ row }: { row: ModelRole }) {
  const { slug } = useStudy();
  if (row.said_by === "nobody") return <>{row.role === "interview" ? "The guided interviewer" : "Nobody"}</>;
  return (
    <>
      {row.name}
      <span className="work-hint">{row.host === "" ? "loaded here by a job" : `at ${row.host}`}, {SAID_BY[row.said_by]}</span>
      {row.checkpoint && <Served checkpoint={row.checkpoint} notPromoted={row.not_promoted} />}
      {row.role === "interview" && <span className="work-hint">Participants are told by the consent text: <StudioLink to={`/studies/${slug}/protocol`}>the protocol</StudioLink> says whether it names this model.</span>}
    </>
  );
}

function How({ row }: { row: ModelRole }) {
  if (row.said_by === "nobody") return <>–</>;
  return <ul className="fact-list">{howOf(row).map((fact) => <li key={fact}>{fact}</li>)}</ul>;
}

function Change({ row }: { row: ModelRole }) {
  const { slug } = useStudy();
  const { open } = useInspector();
  const { name } = WORK[row.role];
  return <Button size="xs" variant="default" aria-label={`Change: ${name}`} onClick={() => { open({ title: name, content: <WorkForm key={row.role} slug={slug} row={row} /> }); }}>Change</Button>;
}

/** Draws the table; admins change it. */
export function WorkTable({ rows }: { rows: readonly ModelRole[] }) {
  const { role } = useStudy();
  const columns: Column<ModelRole>[] = [
    { key: "work", label: "Work", cell: (row) => <>{WORK[row.role].name}<span className="work-hint">{WORK[row.role].hint}</span></> },
    { key: "who", label: "Done by", cell: (row) => <Who row={row} /> },
    { key: "how", label: "How", cell: (row) => <How row={row} /> },
    ...(may(role, "train") ? [{ key: "change", label: "", cell: (row: ModelRole) => <Change row={row} /> }] : []),
  ];
  return <DataTable caption="Who does what" columns={columns} rows={rows} rowKey={(row) => row.role} />;
}
