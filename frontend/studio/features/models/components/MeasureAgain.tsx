/** Measure a checkpoint anew, on control pairs of one's own choice. */
import { Button, NativeSelect } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { JobProgress } from "@/studio/components/JobProgress";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { useMeasure } from "../api/checkpoints";
import { dataSetsQuery } from "../api/data-sets";
import type { CheckpointRow } from "../api/types";

const OWN = "";

/** Draws the choice of control pairs and the job. */
export function MeasureAgain({ checkpoint }: { checkpoint: CheckpointRow }) {
  const { slug, role } = useStudy();
  const queries = useQueryClient();
  const { data: dataSets = [] } = useQuery(dataSetsQuery(slug));
  const [control, setControl] = useState(checkpoint.control?.data_set ?? OWN);
  const measure = useMeasure(slug, checkpoint.id);
  if (!may(role, "train")) return null;
  const others = dataSets.filter(({ id }) => id !== checkpoint.data_set).map(({ id, name }) => ({ value: id, label: name }));
  const renew = (): void => { for (const key of ["checkpoint", "standing"]) void queries.invalidateQueries({ queryKey: [key, slug, checkpoint.id] }); };
  return (
    <section className="sheet" aria-label="Measure again">
      <h2>Measure again</h2>
      <p>Lays the checkpoint beside its base on the held-out pairs, and on control pairs that it was not trained on.</p>
      <div className="join-audit">
        <NativeSelect label="Control pairs" data={[{ value: OWN, label: "The project’s own: facts, sums, language" }, ...others]} value={control} onChange={(event) => { setControl(event.currentTarget.value); }} />
        <Button variant="default" loading={measure.isPending} onClick={() => { measure.mutate(control === OWN ? null : control); }}>Measure</Button>
      </div>
      {measure.error && <ErrorState error={measure.error} />}
      {measure.data && <JobProgress key={measure.data.job} slug={slug} job={measure.data.job} label="Measuring" onEnd={renew} />}
    </section>
  );
}
