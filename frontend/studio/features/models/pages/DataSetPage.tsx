/** One data set: what is in it, what is not and why, and its files. */
import "@/styles/models.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { studyPath, useStudy } from "@/studio/shell/routes";
import { dataSetQuery } from "../api/data-sets";
import type { DataSet } from "../api/types";
import { DataSetFacts } from "../components/DataSetFacts";
import { Samples } from "../components/Samples";
import { Withdrawn } from "../components/Withdrawn";

function Lineage({ rule, withdrawals }: Pick<DataSet, "rule" | "withdrawals">) {
  return (
    <section className="sheet" aria-label="How it was made">
      <h2>How it was made</h2>
      <Withdrawn people={withdrawals} />
      <dl className="config-list">
        {Object.entries(rule).map(([key, value]) => <div key={key}><dt>{key.replaceAll("_", " ")}</dt><dd><code>{typeof value === "string" ? value : JSON.stringify(value)}</code></dd></div>)}
      </dl>
    </section>
  );
}

/** Draws the data set. */
export function DataSetPage() {
  const { slug, title, role } = useStudy();
  const { dataSetId = "" } = useParams({ strict: false });
  const { data, isPending, error, refetch } = useQuery(dataSetQuery(slug, dataSetId));
  const navigate = useNavigate();
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Models", to: `/studies/${slug}/models` }], [title, slug]);
  const file = (form: string): string => studyPath(slug, `data-sets/${dataSetId}/export/${form}`);
  return (
    <Page
      title={data?.name ?? "Data set"}
      crumbs={crumbs}
      actions={(
        <>
          <Button component="a" variant="default" href={file("")} download>Export JSON lines</Button>
          <Button component="a" variant="default" href={file("?form=trl")} download>Export for TRL</Button>
          {may(role, "train") && <Button onClick={() => { void navigate({ to: `/studies/${slug}/models/runs/new?data_set=${dataSetId}` as string }); }}>Train on it</Button>}
        </>
      )}
    >
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <><DataSetFacts dataSet={data} /><Lineage rule={data.rule} withdrawals={data.withdrawals} /><Samples samples={data.samples} /></>}
    </Page>
  );
}
