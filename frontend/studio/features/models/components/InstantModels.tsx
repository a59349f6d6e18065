/** Instant models: what an audit's verdicts teach at once, beside what a coin and length reach. */
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { type InstantModel, type InstantModels as Models, type InstantTarget, useDrop, useKeep } from "../api/instant-models";
import { fittedAt, learnt, TARGET_WORDS } from "../hooks/instant-words";
import { useLiveInstantModels } from "../hooks/live-instant-models";

const rate = (name: "accuracy" | "longer" | "coin", label: string): Column<InstantModel> => ({
  key: name,
  label,
  numeric: true,
  cell: ({ figures }) => (figures ? <NumberWithInterval {...figures[name]} /> : "–"),
  sortBy: ({ figures }) => figures?.[name].value ?? null,
});

function Drop({ model: { audit, title } }: { model: InstantModel }) {
  const { slug } = useStudy();
  const drop = useDrop(slug);
  return <Button size="compact-sm" variant="default" loading={drop.isPending} aria-label={`Drop the instant model of ${title}`} onClick={() => { drop.mutate(audit, { onError: notifyError }); }}>Drop</Button>;
}

function Table({ models }: { models: readonly InstantModel[] }) {
  const { slug, role } = useStudy();
  const columns: readonly Column<InstantModel>[] = [
    { key: "audit", label: "Audit", cell: ({ audit, title }) => <StudioLink to={`/studies/${slug}/discretion/${String(audit)}`}>{title}</StudioLink>, sortBy: ({ title }) => title },
    { key: "target", label: "Learns from", cell: ({ target }) => TARGET_WORDS[target] ?? target },
    rate("accuracy", "Held-out accuracy"),
    rate("longer", "The longer wins"),
    rate("coin", "A coin"),
    { key: "train", label: "Trained on", numeric: true, cell: ({ train_count }) => count(train_count), sortBy: ({ train_count }) => train_count },
    { key: "fitted", label: "Fitted", cell: (row) => fittedAt(row), sortBy: ({ fitted_at }) => fitted_at },
    ...(may(role, "write") ? [{ key: "drop", label: "", cell: (row: InstantModel) => <Drop model={row} /> }] : []),
  ];
  return (
    <>
      <ul className="instant-words">{models.map((model) => <li key={model.audit}><strong>{model.title}:</strong> {learnt(model)}</li>)}</ul>
      <DataTable caption="What instant models reach on held-out pairs" columns={columns} rows={models} rowKey={({ audit }) => String(audit)} />
    </>
  );
}

function Keep({ audits }: { audits: Models["without"] }) {
  const { slug } = useStudy();
  const keep = useKeep(slug);
  const [chosen, setChosen] = useState<string>();
  const [target, setTarget] = useState<InstantTarget>("verdicts");
  const audit = audits.find(({ id }) => String(id) === chosen) ?? audits[0];
  if (!audit) return null;
  return (
    <div className="join-audit">
      <NativeSelect label="Audit" data={audits.map(({ id, title }) => ({ value: String(id), label: title }))} value={String(audit.id)} onChange={(event) => { setChosen(event.currentTarget.value); }} />
      <NativeSelect label="Learns from" data={[{ value: "verdicts", label: TARGET_WORDS.verdicts ?? "" }, { value: "graph", label: TARGET_WORDS.graph ?? "" }]} value={target} onChange={(event) => { setTarget(event.currentTarget.value === "graph" ? "graph" : "verdicts"); }} />
      <Button variant="default" loading={keep.isPending} onClick={() => { keep.mutate({ audit: String(audit.id), target }, { onError: notifyError }); }}>Keep an instant model</Button>
    </div>
  );
}

/** Draws the part of the Models page. */
export function InstantModels() {
  const { slug, role } = useStudy();
  const { result: { data, error, isPending, refetch }, line } = useLiveInstantModels(slug);
  return (
    <section className="part" aria-label="Instant models">
      <header className="section-head"><h2>Instant models</h2><Live state={line} /></header>
      <p className="note">A small head on a sentence encoder that stays as it is. It sees wording and not how words combine, and is fitted anew whenever verdicts arrive: look here how much there is to learn before you train.</p>
      {isPending && <TableSkeleton count={1} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && data.kept.length > 0 && <Table models={data.kept} />}
      {data && data.kept.length === 0 && <p className="note">{data.without.length === 0 ? "Begin an audit first." : "No audit keeps one yet."}</p>}
      {data && may(role, "write") && <Keep audits={data.without} />}
    </section>
  );
}
