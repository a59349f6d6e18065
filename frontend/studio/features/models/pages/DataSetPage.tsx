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
import { useStudy } from "@/studio/shell/routes";
import { dataSetQuery } from "../api/data-sets";
import { DataSetFacts } from "../components/DataSetFacts";
import { Examples } from "../components/Examples";
import { ExportDataSet } from "../components/ExportDataSet";
import { Lineage } from "../components/Lineage";
import { RunsOnIt } from "../components/RunsOnIt";

/** Draws the data set. */
export function DataSetPage() {
  const { slug, title, role } = useStudy();
  const { dataSetId = "" } = useParams({ strict: false });
  const { data, isPending, error, refetch } = useQuery(dataSetQuery(slug, dataSetId));
  const navigate = useNavigate();
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Models", to: `/studies/${slug}/models` }], [title, slug]);
  return (
    <Page
      title={data?.name ?? "Data set"}
      crumbs={crumbs}
      actions={may(role, "train") && <Button onClick={() => { void navigate({ to: `/studies/${slug}/models/runs/new?data_set=${dataSetId}` as string }); }}>Train on it</Button>}
    >
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <><DataSetFacts dataSet={data} /><Lineage dataSet={data} /><RunsOnIt dataSet={dataSetId} /><ExportDataSet dataSet={dataSetId} /><Examples dataSet={data} /></>}
    </Page>
  );
}
