/** Let an algorithm judge beside the people: a trained checkpoint, or a null that knows nothing. */
import { Button, NativeSelect, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { JobProgress } from "@/studio/components/JobProgress";
import { notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { type AnnotatorInput, checkpointsQuery, useAddAnnotator } from "../api/annotators";

function inputOf(chosen: string): AnnotatorInput {
  return chosen === "coin" || chosen === "longer" ? { null: chosen } : { checkpoint: chosen };
}

/** Draws the choice and the judging job. */
export function AddAlgorithm({ audit }: { audit: string }) {
  const { slug } = useStudy();
  const { data: checkpoints = [] } = useQuery(checkpointsQuery(slug));
  const [chosen, setChosen] = useState("longer");
  const add = useAddAnnotator(slug, audit);
  const queries = useQueryClient();
  const done = (): void => {
    for (const key of ["audit", "measures"]) void queries.invalidateQueries({ queryKey: [key, slug, audit] });
  };
  const options = [
    { group: "Nulls", items: [{ value: "longer", label: "The longer response wins" }, { value: "coin", label: "A coin" }] },
    { group: "Checkpoints", items: checkpoints.map(({ id, step, run_name }) => ({ value: id, label: `${run_name}, step ${step}` })) },
  ];
  return (
    <section className="sheet" aria-label="Add an algorithm">
      <h2>Algorithms</h2>
      <p>A checkpoint judges only the pairs that were held out of its training.</p>
      <Stack gap="sm">
        <NativeSelect label="Algorithm" data={options.filter(({ items }) => items.length > 0)} value={chosen} onChange={(event) => { setChosen(event.currentTarget.value); }} />
        <Button variant="default" loading={add.isPending} onClick={() => { add.mutate(inputOf(chosen), { onError: notifyError }); }}>Let it judge</Button>
      </Stack>
      {add.data && <JobProgress key={add.data.job} slug={slug} job={add.data.job} label="Judging" onEnd={done} />}
    </section>
  );
}
