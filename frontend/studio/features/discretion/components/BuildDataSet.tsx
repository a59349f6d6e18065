/** From verdicts to a data set: what a reward model can be trained on. */
import { Button, Checkbox, NumberInput, Radio, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { useBuildDataSet } from "../api/data-sets";
import type { Audit, DataSetInput } from "../api/types";

const START: DataSetInput = { target: "verdicts", split: "prompts", imported: false, principle: null, limit: null, name: "", seed: 0 };

function Targets({ input, set, principles }: { input: DataSetInput; set: (change: Partial<DataSetInput>) => void; principles: Audit["principles"] }) {
  const first = principles[0]?.id ?? null;
  return (
    <>
      <Radio.Group label="What the model learns" value={input.target} onChange={(value) => { set(value === "principle" ? { target: "principle", principle: input.principle ?? first } : { target: value === "graph" ? "graph" : "verdicts" }); }}>
        <Stack gap={6} mt={6}>
          <Radio value="verdicts" label="People’s verdicts" />
          <Radio value="graph" label="The moral graph, through the principles" description="From the votes of those who agreed to training" />
          <Radio value="principle" label="One principle alone" disabled={first === null} />
        </Stack>
      </Radio.Group>
      {input.target === "principle" && <Select label="Which principle" allowDeselect={false} data={principles.map(({ id, title }) => ({ value: String(id), label: title }))} value={String(input.principle)} onChange={(value) => { set({ principle: Number(value) }); }} />}
      {input.target === "graph" && <Checkbox label="Take imported votes as agreed to training" description="You vouch that their source allows it" checked={input.imported} onChange={(event) => { set({ imported: event.currentTarget.checked }); }} />}
    </>
  );
}

/** Draws the form; the finished data set is one link away. */
export function BuildDataSet({ audit }: { audit: Audit }) {
  const { slug } = useStudy();
  const [input, setInput] = useState(START);
  const build = useBuildDataSet(slug, String(audit.id));
  const set = (change: Partial<DataSetInput>): void => { setInput({ ...input, ...change }); };
  return (
    <section className="sheet" aria-label="Build a data set">
      <h2>Data set</h2>
      <Stack gap="sm">
        <Targets input={input} set={set} principles={audit.principles} />
        <Radio.Group label="What is held out" value={input.split} onChange={(value) => { set({ split: value === "people" ? "people" : "prompts" }); }}>
          <Stack gap={6} mt={6}>
            <Radio value="prompts" label="Prompts that are not trained on" />
            <Radio value="people" label="Such prompts, as judged by other people" description="Nobody is heard on both sides" />
          </Stack>
        </Radio.Group>
        <NumberInput label="Comparisons at most" description="Leave empty for all" min={2} value={input.limit ?? ""} onChange={(value) => { set({ limit: value === "" ? null : Number(value) }); }} />
        <Button variant="default" loading={build.isPending} onClick={() => { build.mutate(input); }}>Build data set</Button>
      </Stack>
      {build.error && <ErrorState error={build.error} />}
      {build.data && <p role="status">Built: <StudioLink to={`/studies/${slug}/models/data-sets/${build.data.id}`}>{build.data.name}</StudioLink></p>}
    </section>
  );
}
