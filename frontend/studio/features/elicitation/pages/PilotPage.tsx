/** Pilots of a study: begin one, watch it, read what it found. */
import "@/styles/study.css";
import "@/styles/models.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { count } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { countFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { pilotsQuery } from "../api/pilots";
import type { Pilot } from "../api/types";
import { PilotForm } from "../components/PilotForm";
import { PilotView } from "../components/PilotView";
import { pilotedWord } from "../hooks/pilots";

const COLUMNS: readonly Column<Pilot>[] = [
  { key: "id", label: "Pilot", cell: ({ id }) => `Pilot ${id}`, sortBy: ({ id }) => id },
  { key: "of", label: "Of", cell: pilotedWord },
  { key: "state", label: "State", cell: ({ state }) => state, sortBy: ({ state }) => state },
  { key: "arrived", label: "Arrived", numeric: true, cell: ({ arrived, walks }) => `${count(arrived)} of ${count(walks)}`, sortBy: ({ arrived }) => arrived },
  { key: "begun", label: "Begun", cell: ({ created_at: at, created_by: by }) => `${new Date(at).toLocaleString()}${by === null ? "" : ` by ${by}`}`, sortBy: ({ created_at: at }) => at },
];

/** Draws the form, the pilot that is open (the newest one at first), and the others. */
export function PilotPage() {
  const { slug, title, role } = useStudy();
  const [search, change] = useAddress();
  const { data, isPending, error, refetch } = useQuery(pilotsQuery(slug));
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  const wanted = countFrom(search, "pilot", { least: 1, most: Number.MAX_SAFE_INTEGER });
  const open = data?.find(({ id }) => id === wanted) ?? data?.[0];
  const show = (id: number | undefined): void => { change({ pilot: id }); };
  return (
    <Page title="Pilot" crumbs={crumbs} lede="Simulated participants walk through the study on the pages and the line that people use, before people do. They are marked, count nowhere, and meet only each other.">
      {isPending && <TableSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {may(role, "write") && <PilotForm slug={slug} onBegun={show} />}
      {data?.length === 0 && <EmptyState title="No pilot yet"><p>A pilot of six, one of each kind, takes less than a minute with the guided interviewer. It shows how long the study takes, where people get stuck, and what cards come out.</p></EmptyState>}
      {open && <PilotView key={open.id} slug={slug} id={open.id} onDeleted={() => { show(undefined); }} />}
      {data && data.length > 1 && (
        <section aria-labelledby="pilots-title">
          <h2 id="pilots-title">All pilots</h2>
          <DataTable caption="Pilots" columns={COLUMNS} rows={data} rowKey={({ id }) => String(id)} selected={open && String(open.id)} onOpen={({ id }) => { show(id); }} simulated={() => true} />
        </section>
      )}
    </Page>
  );
}
