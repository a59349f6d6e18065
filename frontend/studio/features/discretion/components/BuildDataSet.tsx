/** From verdicts to a data set: what a reward model can be trained on. */
import { Button, Checkbox, NativeSelect, NumberInput, Radio, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { useBuildDataSet } from "../api/data-sets";
import { snapshotsQuery } from "../api/principles";
import type { Audit, DataSetBuilt } from "../api/types";
import { EVERYBODY, type Wanted } from "../hooks/heard";
import { WhoseJudgements } from "./WhoseJudgements";

const START: Wanted = { target: "verdicts", split: "prompts", imported: false, principle: null, snapshot: null, limit: null, name: "", seed: 0, by: "", group: "", second: "" };

interface PartProps {
  input: Wanted;
  set: (change: Partial<Wanted>) => void;
}

function OfTheGraph({ input, set }: PartProps) {
  const { slug } = useStudy();
  const { data: snapshots = [] } = useQuery(snapshotsQuery(slug));
  const options = snapshots.filter(({ state }) => state === "ready").map(({ id, number, created_at: at }) => ({ value: String(id), label: `Snapshot ${String(number)}, ${new Date(at).toLocaleDateString()}` }));
  return (
    <>
      <NativeSelect label="Which graph" data={[{ value: "", label: "The snapshot that the principles come from" }, ...options]} value={input.snapshot === null || input.snapshot === undefined ? "" : String(input.snapshot)} onChange={({ currentTarget: { value } }) => { set({ snapshot: value === "" ? null : Number(value) }); }} />
      <Checkbox label="Take imported votes as agreed to training" description="You vouch that their source allows it" checked={input.imported} onChange={(event) => { set({ imported: event.currentTarget.checked }); }} />
    </>
  );
}

function Targets({ input, set, principles }: PartProps & { principles: Audit["principles"] }) {
  const first = principles[0]?.id ?? null;
  const learn = (value: string): void => {
    const target = value === "principle" ? { target: value, principle: input.principle ?? first } as const : { target: value === "graph" ? value : "verdicts" } as const;
    set({ ...EVERYBODY, snapshot: null, ...target });
  };
  return (
    <>
      <Radio.Group label="What the model learns" value={input.target} onChange={learn}>
        <Stack gap={6} mt={6}>
          <Radio value="verdicts" label="People’s verdicts" />
          <Radio value="graph" label="The moral graph, through the principles" description="From the votes of those who agreed to training" />
          <Radio value="principle" label="One principle alone" disabled={first === null} />
        </Stack>
      </Radio.Group>
      {input.target === "principle" && <Select label="Which principle" allowDeselect={false} data={principles.map(({ id, title }) => ({ value: String(id), label: title }))} value={String(input.principle)} onChange={(value) => { set({ principle: Number(value) }); }} />}
      {input.target === "graph" && <OfTheGraph input={input} set={set} />}
    </>
  );
}

function Built({ built: [first, second] }: { built: readonly DataSetBuilt[] }) {
  const { slug } = useStudy();
  const link = ({ id, name }: DataSetBuilt) => <StudioLink to={`/studies/${slug}/models/data-sets/${id}`}>{name}</StudioLink>;
  if (first === undefined) return null;
  if (second === undefined) return <p role="status">Built: {link(first)}</p>;
  return (
    <div role="status">
      <p>Built: {link(first)} and {link(second)}, of the same {count(first.train_count + first.held_out_count)} comparisons.</p>
      <p><StudioLink to={`/studies/${slug}/models/counterfactuals/new?data_set=${first.id}&second=${second.id}`}>Train one recipe on both and compare</StudioLink></p>
    </div>
  );
}

/** Draws the form; the finished data sets are one link away. */
export function BuildDataSet({ audit }: { audit: Audit }) {
  const { slug } = useStudy();
  const [input, setInput] = useState(START);
  const build = useBuildDataSet(slug, String(audit.id));
  const set = (change: Partial<Wanted>): void => { setInput({ ...input, ...change }); };
  const isPair = input.second !== "";
  return (
    <section className="sheet" aria-label="Build a data set">
      <h2>Data set</h2>
      <Stack gap="sm">
        <Targets input={input} set={set} principles={audit.principles} />
        <WhoseJudgements audit={String(audit.id)} input={input} set={set} />
        {!isPair && (
          <Radio.Group label="What is held out" value={input.split} onChange={(value) => { set({ split: value === "people" ? "people" : "prompts" }); }}>
            <Stack gap={6} mt={6}>
              <Radio value="prompts" label="Prompts that are not trained on" />
              <Radio value="people" label="Such prompts, as judged by other people" description="Nobody is heard on both sides" />
            </Stack>
          </Radio.Group>
        )}
        <NumberInput label="Comparisons at most" description="Leave empty for all" min={2} value={input.limit ?? ""} onChange={(value) => { set({ limit: value === "" ? null : Number(value) }); }} />
        <Button variant="default" loading={build.isPending} onClick={() => { build.mutate(input); }}>{isPair ? "Build both data sets" : "Build data set"}</Button>
      </Stack>
      {build.error && <ErrorState error={build.error} />}
      {build.data && <Built built={build.data} />}
    </section>
  );
}
