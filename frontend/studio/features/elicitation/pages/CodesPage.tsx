/** The codes that researchers gave, and the passages behind each. */
import "@/styles/study.css";
import "@/styles/transcript.css";
import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { count } from "@/lib/numbers";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton, TableSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { countFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { codesQuery, passagesQuery } from "../api/coding";
import type { Code } from "../api/types";
import { CodeList } from "../components/CodeList";
import { Pages } from "../components/Pages";
import { speakerOf } from "../components/Reading";

function Passages({ slug, code }: { slug: string; code: Code }) {
  const [search, change] = useAddress();
  const page = countFrom(search, "page", { least: 1, most: 10_000 }) ?? 1;
  const simulated = search.simulated === "yes";
  const { data, isPending, error, refetch } = useQuery(passagesQuery(slug, code.id, page, simulated));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  return (
    <section aria-labelledby="passages-title">
      <h2 id="passages-title">{count(data.total)} {data.total === 1 ? "passage" : "passages"} with “{code.name}”</h2>
      <Checkbox label="Simulated people instead" checked={simulated} onChange={(event) => { change({ simulated: event.currentTarget.checked ? "yes" : undefined, page: undefined }); }} />
      <ol className="hits">
        {data.passages.map(({ passage, participant, simulated, speaker, words }) => (
          <li key={passage.id} className={simulated ? "simulated" : undefined}>
            <StudioLink to={`/studies/${slug}/participants/${participant}?turn=${passage.position}`}><code>{participant.slice(0, 8)}</code>, turn {passage.position + 1}</StudioLink>
            <span className="turn-made">{speakerOf({ speaker })}{simulated && " · simulated"}</span>
            <p className="coded-words" dir="auto">{words}</p>
            {passage.memo !== "" && <p className="note">{passage.memo} ({passage.by ?? "an account that is gone"})</p>}
          </li>
        ))}
      </ol>
      <Pages page={data.page} pages={data.pages} onPage={(next) => { change({ page: next }); }} />
    </section>
  );
}

/** Draws the codes beside the passages of one of them. */
export function CodesPage() {
  const { slug, title, role } = useStudy();
  const [search, change] = useAddress();
  const { data, isPending, error, refetch } = useQuery(codesQuery(slug));
  const selected = data?.find(({ id }) => id === countFrom(search, "code", { least: 1, most: Number.MAX_SAFE_INTEGER }));
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  return (
    <Page title="Codes" crumbs={crumbs} lede="Names that researchers give to passages of interviews. Opening a code reads people’s words, which is noted in the audit log.">
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <div className="codes-desk">
          <CodeList slug={slug} codes={data} selected={selected?.id} writes={may(role, "write")} onOpen={(code) => { change({ code, page: undefined }); }} />
          {selected
            ? <Passages slug={slug} code={selected} />
            : <EmptyState title={data.length === 0 ? "No codes yet" : "Choose a code"}><p>{data.length === 0 ? "Select words in a transcript and give them a name, or add a name here first." : "Its passages appear here, from all interviews."}</p></EmptyState>}
        </div>
      )}
    </Page>
  );
}
