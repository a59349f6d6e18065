/** From verdicts to a data set: what a reward model can be trained on. */
import { Button, NumberInput, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { useBuildDataSet } from "../api/data-sets";

/** Draws the form; the finished data set is one link away. */
export function BuildDataSet({ audit }: { audit: string }) {
  const { slug } = useStudy();
  const [target, setTarget] = useState<"verdicts" | "graph">("verdicts");
  const [limit, setLimit] = useState<number>();
  const build = useBuildDataSet(slug, audit);
  return (
    <section className="sheet" aria-label="Build a data set">
      <h2>Data set</h2>
      <Stack gap="sm">
        <Radio.Group label="What the model learns" value={target} onChange={(value) => { setTarget(value === "graph" ? "graph" : "verdicts"); }}>
          <Stack gap={6} mt={6}>
            <Radio value="verdicts" label="People’s verdicts" />
            <Radio value="graph" label="The moral graph, through the principles" />
          </Stack>
        </Radio.Group>
        <NumberInput label="Comparisons at most" description="Leave empty for all" min={2} value={limit ?? ""} onChange={(value) => { setLimit(value === "" ? undefined : Number(value)); }} />
        <Button variant="default" loading={build.isPending} onClick={() => { build.mutate({ target, limit, name: "", seed: 0 }); }}>Build data set</Button>
      </Stack>
      {build.error && <ErrorState error={build.error} />}
      {build.data && <p role="status">Built: <StudioLink to={`/studies/${slug}/models/data-sets/${build.data.id}`}>{build.data.name}</StudioLink></p>}
    </section>
  );
}
