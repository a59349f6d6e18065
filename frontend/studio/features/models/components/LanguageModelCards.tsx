/** The language models of a study: what each is, what its check found, and what can be done with it. */
import { Button, Group } from "@mantine/core";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useCheckModel, useRetireModel } from "../api/language-models";
import type { LanguageModel } from "../api/types";
import { CHECKS, SOURCES, told, WORK } from "../hooks/language-models";
import { Served } from "./Served";

function Actions({ model }: { model: LanguageModel }) {
  const { slug } = useStudy();
  const check = useCheckModel(slug);
  const retire = useRetireModel(slug);
  const gone = (): void => { notify(`“${model.name}” is retired. Its key is forgotten; what it said is kept.`); };
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" loading={check.isPending} disabled={model.state === "checking"} onClick={() => { check.mutate(model.id, { onError: notifyError }); }}>Check again</Button>
      <Button size="xs" variant="default" loading={retire.isPending} onClick={() => { retire.mutate(model.id, { onSuccess: gone, onError: notifyError }); }}>Retire</Button>
    </Group>
  );
}

function Card({ model }: { model: LanguageModel }) {
  const { role } = useStudy();
  const { word, badge } = CHECKS[model.state];
  return (
    <li className="sheet model-card">
      <header className="section-head">
        <h3>{model.name}</h3>
        <span className={badge} role="status">{word}</span>
      </header>
      <p className="note">
        {SOURCES[model.source]}{model.address !== "" && <>: <code>{model.address}</code></>}{model.model !== "" && <>, asked for <code>{model.model}</code></>}
        {model.has_key && ", with a key"}.
      </p>
      {model.served && <Served checkpoint={model.served} />}
      {model.problems.length > 0 && <ul className="problem-list">{model.problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>}
      {told(model).length > 0 && <ul className="fact-list">{told(model).map((fact) => <li key={fact}>{fact}</li>)}</ul>}
      {model.roles.length > 0 && <p className="note">Does: {model.roles.map((work) => WORK[work as keyof typeof WORK].name.toLowerCase()).join(", ")}.</p>}
      {may(role, "train") && <Actions model={model} />}
    </li>
  );
}

/** Draws the list. */
export function LanguageModelCards({ models }: { models: readonly LanguageModel[] }) {
  return <ul className="model-cards">{models.map((model) => <Card key={model.id} model={model} />)}</ul>;
}
