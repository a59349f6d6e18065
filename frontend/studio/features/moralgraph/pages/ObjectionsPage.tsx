/** The merges that people object to: a list, and one of them side by side. */
import "@/styles/moralgraph.css";
import { useMemo } from "react";
import { count } from "@/lib/numbers";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { countFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { Objection, Objections } from "../api/types";
import { GraphNav } from "../components/GraphNav";
import { ObjectionSides } from "../components/ObjectionSides";
import { useLiveObjections } from "../hooks/live-objections";

const ID = { least: 1, most: Number.MAX_SAFE_INTEGER };
const STATES = { open: "open", apart: "left apart", together: "put together again" } as const;

function List({ objections, selected, onOpen }: { objections: readonly Objection[]; selected?: number; onOpen: (id: number) => void }) {
  return (
    <ul className="objection-list" aria-label="Objections">
      {objections.map(({ id, card_title: card, value, state, at, simulated }) => (
        <li key={id} className={simulated ? "simulated" : undefined}>
          <button type="button" className="row-button" aria-current={id === selected ? "true" : undefined} onClick={() => { onOpen(id); }}>{card} · not {value.title}</button>
          <p className="note">{STATES[state]}, {new Date(at).toLocaleDateString()}{simulated && ", simulated"}</p>
        </li>
      ))}
    </ul>
  );
}

function Desk({ data }: { data: Objections }) {
  const { slug, role } = useStudy();
  const [search, change] = useAddress();
  const value = countFrom(search, "value", ID);
  const shown = value === undefined ? data.objections : data.objections.filter((item) => item.value.id === value);
  const selected = shown.find(({ id }) => id === countFrom(search, "open", ID)) ?? shown[0];
  if (selected === undefined) {
    return <EmptyState title="No objections"><p>Whoever took part sees on their own page what their card was put together with, and can say that it is wrong. Their card then stands for itself at once, and appears here.</p></EmptyState>;
  }
  return (
    <>
      <p role="status">{data.open === 0 ? "No objection waits for an answer." : `${count(data.open)} of ${count(data.objections.length)} wait for an answer.`}</p>
      <div className="objection-desk">
        <List objections={shown} selected={selected.id} onOpen={(open) => { change({ open }); }} />
        <ObjectionSides slug={slug} id={selected.id} writes={may(role, "write")} />
      </div>
    </>
  );
}

/** Draws the screen. */
export function ObjectionsPage() {
  const { slug, title } = useStudy();
  const { result: { data, isPending, error, refetch }, line } = useLiveObjections(slug);
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  return (
    <Page title="Objections to merges" crumbs={crumbs} lede="A card that its author took out of a value stands for itself. You say whether it stays so, and why." actions={<Live state={line} />}>
      <GraphNav />
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Desk data={data} />}
    </Page>
  );
}
