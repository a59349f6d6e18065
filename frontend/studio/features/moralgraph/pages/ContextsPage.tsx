/** The contexts of a study: what is proposed, what may say the same, what is in use, and what was done. */
import "@/styles/moralgraph.css";
import "@/styles/transitions.css";
import { Button, Group } from "@mantine/core";
import { useMemo, useRef } from "react";
import { count } from "@/lib/numbers";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { JobProgress } from "@/studio/components/JobProgress";
import { Live } from "@/studio/components/Live";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { useKeys, useSingleKeys } from "@/studio/lib/keys";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useContextDesk } from "../api/contexts";
import type { ContextDesk } from "../api/types";
import { ContextHistory } from "../components/ContextHistory";
import { ContextList } from "../components/ContextList";
import { ContextProposals } from "../components/ContextProposals";
import { GraphNav } from "../components/GraphNav";
import { NearContexts } from "../components/NearContexts";
import { useLiveContexts } from "../hooks/live-contexts";

function Search({ slug, desk, writes }: { slug: string; desk: ContextDesk; writes: boolean }) {
  const { again } = useContextDesk(slug);
  const { state, job, message } = desk.search;
  if (state === "ready" || job === null) return null;
  if (state === "computing") return <JobProgress slug={slug} job={job} label="Looking for contexts that say the same" />;
  return (
    <section className="error-state" role="alert">
      <h2 className="error-state-title">The contexts could not be compared</h2>
      <p>{message} Everything else here works without it.</p>
      {writes && <Button variant="default" loading={again.isPending} onClick={() => { again.mutate(undefined, { onError: notifyError }); }}>Compare again</Button>}
    </section>
  );
}

/** What waits, one after the other, by J and K; U takes the last change back. */
function useDeskKeys(slug: string, desk: ContextDesk, writes: boolean) {
  const frame = useRef<HTMLDivElement>(null);
  const [singleKeys] = useSingleKeys();
  const { undo } = useContextDesk(slug);
  const step = (by: 1 | -1): void => {
    const items = [...(frame.current?.querySelectorAll<HTMLElement>("[data-waits]") ?? [])];
    const at = items.findIndex((item) => item.contains(document.activeElement));
    items[at < 0 ? 0 : Math.max(0, Math.min(items.length - 1, at + by))]?.focus();
  };
  const acts: Readonly<Record<string, () => void>> = {
    j: () => { step(1); },
    k: () => { step(-1); },
    u: () => {
      const last = desk.changes.find(({ undone_at: undone }) => undone === null);
      if (writes && last && !undo.isPending) undo.mutate(last.id, { onSuccess: () => { notify("Undone."); }, onError: notifyError });
    },
  };
  useKeys(singleKeys, (key) => {
    const act = acts[key.toLowerCase()];
    act?.();
    return act !== undefined;
  });
  return frame;
}

function Desk({ slug, desk, writes }: { slug: string; desk: ContextDesk; writes: boolean }) {
  const frame = useDeskKeys(slug, desk, writes);
  const waiting = desk.proposals.length + desk.near.length;
  const used = desk.contexts.filter(({ state }) => state === "in_use").length;
  return (
    <div ref={frame} className="contexts">
      <Group gap="md">
        <p role="status"><strong>{count(used)}</strong> in use · {count(desk.proposals.length)} proposed · {count(desk.near.length)} {desk.near.length === 1 ? "pair" : "pairs"} may say the same</p>
        {waiting > 0 && <p className="note"><kbd>J</kbd> <kbd>K</kbd> go through what waits, <kbd>U</kbd> undoes the last change.</p>}
      </Group>
      <Search slug={slug} desk={desk} writes={writes} />
      <section aria-labelledby="proposed"><h2 id="proposed">Proposed</h2>
        {desk.proposals.length > 0
          ? <ContextProposals slug={slug} desk={desk} writes={writes} />
          : <EmptyState title="Nothing is proposed"><p>People may say, beside their card, in what kind of moment their story was; where a language model is set up, it proposes that too. Word contexts generally: the name of one that others use stays when its author withdraws.</p></EmptyState>}
      </section>
      {desk.near.length > 0 && <section aria-labelledby="near"><h2 id="near">May say the same</h2><NearContexts slug={slug} desk={desk} writes={writes} /></section>}
      <section aria-labelledby="used"><h2 id="used">Contexts</h2>
        {desk.contexts.length > 0
          ? <ContextList slug={slug} desk={desk} writes={writes} />
          : <EmptyState title="No contexts yet"><p>Without a context nobody can be asked which value is wiser. Confirm a proposal, or add one in the study’s editor.</p></EmptyState>}
      </section>
      {desk.changes.length + desk.decided.length > 0 && <details className="merge-history"><summary>What was decided</summary><ContextHistory slug={slug} desk={desk} writes={writes} /></details>}
    </div>
  );
}

/** Draws the screen. */
export function ContextsPage() {
  const { slug, title, role } = useStudy();
  const { result, line } = useLiveContexts(slug);
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  return (
    <Page title="Contexts" crumbs={crumbs} lede="The kinds of moments in which values are compared. Nothing here is deleted: what you put together or retire can be brought back, and votes stay as they were cast." actions={<Live state={line} />}>
      <GraphNav />
      {result.isPending && <PageSkeleton />}
      {result.error && <ErrorState error={result.error} retry={() => { void result.refetch(); }} />}
      {result.data && <Desk slug={slug} desk={result.data} writes={may(role, "write")} />}
    </Page>
  );
}
