/** The merge desk: values that may be the same, side by side, decided on by the rubric and by keyboard. */
import "@/styles/moralgraph.css";
import "@/styles/merges.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { KeysHelp } from "@/studio/components/KeysHelp";
import { textFrom, useAddress } from "@/studio/lib/address";
import { useKeys, useSingleKeys } from "@/studio/lib/keys";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { mergeHistoryQuery, mergePairQuery, useMerging, type PairId } from "../api/merges";
import { objectionsQuery } from "../api/objections";
import type { MergeDesk, Objection } from "../api/types";
import { GraphNav } from "../components/GraphNav";
import { MergeFacts } from "../components/MergeFacts";
import { MergeForm } from "../components/MergeForm";
import { MergeHistory } from "../components/MergeHistory";
import { entriesOf, MergeList } from "../components/MergeList";
import { ObjectionSides } from "../components/ObjectionSides";
import { useLiveMerges } from "../hooks/live-merges";
import { MERGE_KEYS } from "../hooks/merge-keys";

function pairOf(at: string | undefined): PairId | undefined {
  const ends = /^(\d+)-(\d+)$/.exec(at ?? "");
  return ends ? { low: Number(ends[1]), high: Number(ends[2]) } : undefined;
}

function Pair({ slug, id, writes, onDecided, onUndo }: { slug: string; id: PairId; writes: boolean; onDecided: () => void; onUndo: (id: number) => void }) {
  const { data, isPending, error, refetch } = useQuery(mergePairQuery(slug, id));
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return <MergeForm key={`${id.low}-${id.high}`} slug={slug} pair={data} writes={writes} onDecided={onDecided} onUndo={onUndo} />;
}

function NothingWaits({ desk }: { desk: MergeDesk }) {
  if (desk.search.state === "computing") return <EmptyState title="The cards are being compared"><p>Pairs appear here by themselves as soon as that is done.</p></EmptyState>;
  const decided = desk.merged + desk.apart > 0;
  return (
    <EmptyState title={decided ? "You have decided on every pair" : "No two values look alike"}>
      <p>{decided ? "New pairs appear as people accept cards. What you decided stands below and can be undone." : "As people accept cards, those that may say the same appear here, side by side. You decide by five questions whether they are one value."}</p>
    </EmptyState>
  );
}

function Desk({ desk, objections }: { desk: MergeDesk; objections: readonly Objection[] }) {
  const { slug, role } = useStudy();
  const writes = may(role, "write");
  const [search, change] = useAddress();
  const [helping, setHelping] = useState(false);
  const [singleKeys] = useSingleKeys();
  const history = useQuery(mergeHistoryQuery(slug));
  const { undo } = useMerging(slug);
  const entries = entriesOf(desk, objections);
  const asked = textFrom(search, "at");
  const at = asked !== undefined && (pairOf(asked) || entries.some((entry) => entry.at === asked)) ? asked : entries[0]?.at;
  const place = entries.findIndex((entry) => entry.at === at);
  const step = (by: number): void => {
    const next = entries[Math.max(0, Math.min(entries.length - 1, place + by))];
    if (next) change({ at: next.at });
  };
  // What was decided leaves the list, so the next one takes its place.
  const goOn = (): void => { change({ at: (entries[place + 1] ?? entries[place - 1])?.at }); };
  const takeBack = (id: number): void => {
    const row = history.data?.find((item) => item.id === id);
    undo.mutate(id, { onSuccess: () => { notify("Undone. The pair waits again."); if (row) change({ at: `${row.low}-${row.high}` }); }, onError: notifyError });
  };
  const acts: Readonly<Record<string, () => void>> = {
    j: () => { step(1); },
    k: () => { step(-1); },
    u: () => {
      const last = history.data?.find(({ undone_at: undone }) => undone === null);
      if (writes && last && !undo.isPending) takeBack(last.id);
    },
    "?": () => { setHelping(true); },
  };
  useKeys(singleKeys && !helping, (key) => {
    const act = acts[key.toLowerCase()];
    act?.();
    return act !== undefined;
  });
  const objection = entries[place]?.objection;
  const pair = pairOf(at);
  return (
    <>
      <MergeFacts slug={slug} desk={desk} writes={writes} onHelp={() => { setHelping(true); }} />
      {at === undefined
        ? <NothingWaits desk={desk} />
        : (
          <div className="objection-desk">
            <MergeList entries={entries} selected={at} more={desk.open - desk.pairs.length} onOpen={(next) => { change({ at: next }); }} />
            {objection && <ObjectionSides slug={slug} id={objection.id} writes={writes} />}
            {pair && <Pair slug={slug} id={pair} writes={writes} onDecided={goOn} onUndo={takeBack} />}
          </div>
        )}
      {(history.data?.length ?? 0) > 0 && (
        <details className="merge-history">
          <summary>What was decided</summary>
          <MergeHistory decisions={history.data ?? []} busy={undo.isPending} onUndo={writes ? takeBack : undefined} />
        </details>
      )}
      <KeysHelp keys={MERGE_KEYS} opened={helping} onClose={() => { setHelping(false); }} />
    </>
  );
}

/** Draws the screen. */
export function MergesPage() {
  const { slug, title } = useStudy();
  const { result, line } = useLiveMerges(slug);
  const objections = useQuery({ ...objectionsQuery(slug), enabled: result.data !== undefined });
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  const error = result.error ?? objections.error;
  return (
    <Page title="Merge desk" crumbs={crumbs} lede="Values that may be the same. A card keeps its author’s own words wherever it stands, and whatever you decide can be undone." actions={<Live state={line} />}>
      <GraphNav />
      {(result.isPending || (result.data && objections.isPending)) && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void result.refetch(); void objections.refetch(); }} />}
      {result.data && objections.data && <Desk desk={result.data} objections={objections.data.objections} />}
    </Page>
  );
}

