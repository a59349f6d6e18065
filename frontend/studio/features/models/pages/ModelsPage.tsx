/** The Models workspace: runs, data sets, checkpoints. */
import "@/styles/models.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { Page } from "@/studio/components/Page";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { checkpointsQuery } from "../api/checkpoints";
import { counterfactualsQuery } from "../api/counterfactuals";
import { dataSetsQuery } from "../api/data-sets";
import { runsQuery } from "../api/runs";
import { CheckpointsTable } from "../components/CheckpointsTable";
import { CounterfactualsTable } from "../components/CounterfactualsTable";
import { DataSetsTable } from "../components/DataSetsTable";
import { InstantModels } from "../components/InstantModels";
import { Part } from "../components/Part";
import { PromotionRule } from "../components/PromotionRule";
import { RunsTable } from "../components/RunsTable";
import { WayToModel } from "../components/WayToModel";

const LIST_REFRESH_MS = 5000;

/** Draws the lists. */
export function ModelsPage() {
  const { slug, title, role } = useStudy();
  const navigate = useNavigate();
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }], [title, slug]);
  const runs = useQuery({ ...runsQuery(slug), refetchInterval: LIST_REFRESH_MS });
  const dataSets = useQuery(dataSetsQuery(slug));
  const checkpoints = useQuery(checkpointsQuery(slug));
  const counterfactuals = useQuery(counterfactualsQuery(slug));
  const canTrain = may(role, "train");
  const launch = <Button disabled={dataSets.data?.length === 0} onClick={() => { void navigate({ to: `/studies/${slug}/models/runs/new` as string }); }}>New run</Button>;
  return (
    <Page
      title="Models"
      crumbs={crumbs}
      lede="What was trained on people’s verdicts or their moral graph, from which pairs, and whether it learned what they hold."
      actions={(
        <>
          <Button variant="default" onClick={() => { void navigate({ to: `/studies/${slug}/models/language-models` as string }); }}>Language models</Button>
          {canTrain ? launch : <p className="note">Admins launch runs.</p>}
        </>
      )}
    >
      {checkpoints.data?.length === 0 && dataSets.data && runs.data && <WayToModel dataSets={dataSets.data} runs={runs.data} />}
      <Part title="Runs" query={runs} empty="No run yet. A run trains a model on a data set, by one of seven methods.">{(rows) => <RunsTable runs={rows} />}</Part>
      <Part title="Checkpoints" query={checkpoints} empty="No checkpoint yet. Runs save them as they go.">{(rows) => <CheckpointsTable checkpoints={rows} />}</Part>
      <Part title="Data sets" query={dataSets} empty="No data set yet. Build one in an audit, from people’s verdicts or from the moral graph.">{(rows) => <DataSetsTable dataSets={rows} />}</Part>
      <Part
        title="Counterfactuals"
        query={counterfactuals}
        empty="None yet. A counterfactual trains one recipe under two targets and shows where the judgements part."
        action={canTrain && <Button variant="default" onClick={() => { void navigate({ to: `/studies/${slug}/models/counterfactuals/new` as string }); }}>New counterfactual</Button>}
      >
        {(rows) => <CounterfactualsTable rows={rows} />}
      </Part>
      <InstantModels />
      <PromotionRule />
    </Page>
  );
}
