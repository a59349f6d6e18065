/** One recipe, two targets: where the checkpoints' judgements part. */
import "@/styles/models.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { type Counterfactual, counterfactualQuery, useCompareTargets } from "../api/counterfactuals";
import { PartedList } from "../components/PartedList";
import { PartingFacts } from "../components/PartingFacts";
import { RunsTable } from "../components/RunsTable";

function Standing({ of }: { of: Counterfactual }) {
  const { slug, role } = useStudy();
  const compare = useCompareTargets(slug, of.id);
  const again = may(role, "train") && (of.state === "failed" || of.state === "compared");
  return (
    <>
      {of.state === "training" && <p role="status" className="badge-line">The runs are waiting or training. When both have a checkpoint, they are compared by themselves; you may close this page.</p>}
      {of.state === "comparing" && <p role="status" className="badge-line">Both checkpoints judge the held-out comparisons now.</p>}
      {of.state === "failed" && <p role="alert" className="badge-line is-warning">They could not be compared. {of.message}</p>}
      {again && <div><Button variant="default" loading={compare.isPending} onClick={() => { compare.mutate(); }}>Compare again</Button></div>}
      {compare.error && <ErrorState error={compare.error} />}
    </>
  );
}

/** Draws the runs, the figures and the comparisons. */
export function CounterfactualPage() {
  const { slug, title } = useStudy();
  const { counterfactualId = "" } = useParams({ strict: false });
  const { data, isPending, error, refetch } = useQuery(counterfactualQuery(slug, counterfactualId));
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Models", to: `/studies/${slug}/models` }], [title, slug]);
  const names = [data?.first_target ?? "", data?.second_target ?? ""] as const;
  return (
    <Page title={data?.name ?? "Counterfactual"} crumbs={crumbs} lede="The same recipe, seed and comparisons; only the target differs.">
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <>
          <Standing of={data} />
          {data.figures && <PartingFacts figures={data.figures} names={names} />}
          {data.figures && <PartedList parted={data.parted} total={data.parted_count} names={names} />}
          <section className="part"><h2>Runs</h2><RunsTable runs={data.runs} /></section>
        </>
      )}
    </Page>
  );
}
