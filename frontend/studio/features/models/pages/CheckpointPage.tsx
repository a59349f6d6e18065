/** One checkpoint: what suites found about it, and the way into an audit. */
import "@/styles/models.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { room } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { Withdrawn } from "@/studio/components/Withdrawn";
import { studyPath, useStudy } from "@/studio/shell/routes";
import { checkpointQuery } from "../api/checkpoints";
import type { CheckpointRow } from "../api/types";
import { BesidePeople } from "../components/BesidePeople";
import { EvaluationFacts } from "../components/EvaluationFacts";
import { Harm } from "../components/Harm";
import { JoinAudit } from "../components/JoinAudit";
import { MeasureAgain } from "../components/MeasureAgain";
import { Promotion } from "../components/Promotion";
import { PutToUse } from "../components/PutToUse";

function Facts({ checkpoint }: { checkpoint: CheckpointRow }) {
  const { slug } = useStudy();
  return (
    <dl className="facts">
      <div className="fact"><dt>Run</dt><dd><StudioLink to={`/studies/${slug}/models/runs/${checkpoint.run}`}>{checkpoint.run_name}</StudioLink></dd></div>
      <div className="fact"><dt>Data set</dt><dd><StudioLink to={`/studies/${slug}/models/data-sets/${checkpoint.data_set}`}>{checkpoint.data_set_name}</StudioLink></dd></div>
      <div className="fact"><dt>Step</dt><dd>{checkpoint.step}</dd></div>
      <div className="fact"><dt>Size</dt><dd>{room(checkpoint.size_bytes)}</dd></div>
      <div className="fact"><dt>Weights</dt><dd><code>{checkpoint.hash.slice(0, 12)}</code></dd></div>
    </dl>
  );
}

/** Draws the checkpoint. */
export function CheckpointPage() {
  const { slug, title } = useStudy();
  const { checkpointId = "" } = useParams({ strict: false });
  const { data, isPending, error, refetch } = useQuery(checkpointQuery(slug, checkpointId));
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Models", to: `/studies/${slug}/models` }], [title, slug]);
  return (
    <Page
      title={data ? `${data.run_name}, step ${data.step}` : "Checkpoint"}
      crumbs={crumbs}
      actions={<Button component="a" variant="default" href={studyPath(slug, `checkpoints/${checkpointId}/card/`)} download>Model card</Button>}
    >
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <>
          <Facts checkpoint={data} />
          <Withdrawn people={data.withdrawals} />
          {data.held_out ? <EvaluationFacts evaluation={data.held_out} /> : <p className="note">No pair was held out of its training, so whether it learned anything cannot be said.</p>}
          <Harm checkpoint={data} />
          <MeasureAgain checkpoint={data} />
          <BesidePeople checkpoint={data.id} />
          <JoinAudit checkpoint={data.id} />
          <Promotion checkpoint={data.id} />
          <PutToUse checkpoint={data.id} />
        </>
      )}
    </Page>
  );
}
