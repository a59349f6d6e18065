/** The transitions of a study: which pairs people are asked about, by which stories, and what is retired. */
import "@/styles/moralgraph.css";
import "@/styles/transitions.css";
import { Button, Group, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { count } from "@/lib/numbers";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { choiceFrom, countFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { PAIR_STATES, pairsQuery } from "../api/transitions";
import type { JudgedPairs } from "../api/types";
import { GraphNav } from "../components/GraphNav";
import { PairItem } from "../components/PairItem";
import { StoryForm } from "../components/StoryForm";
import { ToldStories } from "../components/ToldStories";

const FILTERS = [
  { value: "", label: "All pairs" },
  { value: "asked", label: "Asked about" },
  { value: "proposed", label: "With a proposal that waits" },
  { value: "retired", label: "Retired" },
];

function Turning({ data, page, onTurn }: { data: JudgedPairs; page: number; onTurn: (page: number) => void }) {
  const last = Math.max(1, Math.ceil(data.total / data.page_size));
  if (last === 1) return null;
  return (
    <Group gap="xs" component="nav" aria-label="Pages">
      <Button variant="default" disabled={page <= 1} onClick={() => { onTurn(page - 1); }}>Earlier pairs</Button>
      <span>Page {page} of {count(last)}</span>
      <Button variant="default" disabled={page >= last} onClick={() => { onTurn(page + 1); }}>Further pairs</Button>
    </Group>
  );
}

function List({ data, slug, writes, filtered }: { data: JudgedPairs; slug: string; writes: boolean; filtered: boolean }) {
  if (data.pairs.length === 0) {
    return filtered
      ? <EmptyState title="No such pair"><p>Choose “All pairs” to see the others.</p></EmptyState>
      : <EmptyState title="No transitions yet"><p>A pair appears here once somebody answered about it, or wrote a story for it. People are asked about every pair of values; where nobody wrote a story, they read a neutral one.</p></EmptyState>;
  }
  return <ul className="pairs">{data.pairs.map((pair) => <PairItem key={pair.directions.map(({ id }) => id).join("-")} slug={slug} pair={pair} writes={writes} />)}</ul>;
}

/** Draws the screen. */
export function TransitionsPage() {
  const { slug, title, role } = useStudy();
  const [search, change] = useAddress();
  const [writing, setWriting] = useState(false);
  const state = choiceFrom(search, "state", PAIR_STATES);
  const page = countFrom(search, "page", { least: 1, most: 100_000 }) ?? 1;
  const { data, isPending, error, refetch } = useQuery(pairsQuery(slug, { state, page }));
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  const writes = may(role, "write");
  return (
    <Page
      title="Transitions"
      crumbs={crumbs}
      lede="Each pair of values is asked about in both directions. Nothing here is deleted: what is retired keeps its votes and can come back."
      actions={writes && !writing && <Button onClick={() => { setWriting(true); }}>Write a story</Button>}
    >
      <GraphNav />
      <ToldStories slug={slug} writes={writes} />
      {writing && <StoryForm slug={slug} onDone={() => { setWriting(false); }} />}
      <div className="graph-choices">
        <NativeSelect label="Show" data={FILTERS.filter(({ value }) => value !== "proposed" || state === "proposed" || (data?.proposed ?? 0) > 0)} value={state} onChange={(event) => { change({ state: event.currentTarget.value, page: undefined }); }} />
      </div>
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <>
          <p role="status">{data.total === 1 ? "1 pair" : `${count(data.total)} pairs`}, {count(data.retired)} retired{data.proposed > 0 && `; ${data.proposed === 1 ? "1 has a proposal that waits" : `${count(data.proposed)} have a proposal that waits`}`}.</p>
          <List data={data} slug={slug} writes={writes} filtered={state !== ""} />
          <Turning data={data} page={page} onTurn={(next) => { change({ page: next }); }} />
        </>
      )}
    </Page>
  );
}
