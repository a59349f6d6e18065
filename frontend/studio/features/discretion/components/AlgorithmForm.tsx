/** Let an algorithm judge: a null, a checkpoint, a language model that is asked, or one by its implicit reward. */
import { Button, NativeSelect, NumberInput, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { checkpointsQuery, languageModelsQuery, useAddAnnotator } from "../api/annotators";
import type { AnnotatorInput, LanguageModelRow } from "../api/types";
import { lacksReason } from "../hooks/not-promoted";
import { JudgeForm } from "./JudgeForm";
import { NotPromoted } from "./NotPromoted";

const KINDS = [
  { value: "judge", label: "A language model that is asked" },
  { value: "longer", label: "The longer response wins (a null)" },
  { value: "coin", label: "A coin (a null)" },
];

interface AddProps {
  audit: string;
  add: (input: AnnotatorInput) => void;
  busy: boolean;
}

function Implicit({ models, add, busy }: Omit<AddProps, "audit"> & { models: readonly LanguageModelRow[] }) {
  const [policy, setPolicy] = useState("");
  const [reference, setReference] = useState("");
  const [beta, setBeta] = useState(0.1);
  const [reason, setReason] = useState("");
  const served = models.find(({ id }) => id === policy)?.served;
  const options = [{ value: "", label: "Choose one" }, ...models.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <Stack gap="sm">
      <p className="note">How much likelier training made each response: beta times the log-ratio to the model it was trained from. Both are loaded here, one after the other.</p>
      <NativeSelect label="Trained model" data={options} value={policy} onChange={(event) => { setPolicy(event.currentTarget.value); }} />
      <NativeSelect label="Trained from" data={options} value={reference} onChange={(event) => { setReference(event.currentTarget.value); }} />
      <NumberInput label="Beta" description="As in its training" min={0.0001} max={100} step={0.05} value={beta} onChange={(value) => { setBeta(Number(value) || 0.1); }} />
      <NotPromoted served={served} reason={reason} onReason={setReason} />
      <Button loading={busy} disabled={policy === "" || reference === "" || policy === reference || lacksReason(served, reason)} onClick={() => { add({ implicit_reward: { policy, reference, beta, limit: null, reason } }); }}>Let it judge</Button>
    </Stack>
  );
}

/** Draws the choice, and what the chosen kind needs to know. */
export function AlgorithmForm({ audit }: { audit: string }) {
  const { slug } = useStudy();
  const { data: checkpoints = [] } = useQuery(checkpointsQuery(slug));
  const { data: models = [] } = useQuery(languageModelsQuery(slug));
  const [kind, setKind] = useState("judge");
  const adding = useAddAnnotator(slug, audit);
  const add = (input: AnnotatorInput): void => { adding.mutate(input, { onSuccess: () => { notify("It begins to judge."); }, onError: notifyError }); };
  const usable = models.filter(({ state }) => state === "usable");
  const withWeights = usable.filter(({ source }) => source !== "endpoint");
  const kinds = [
    ...KINDS,
    ...(withWeights.length > 1 ? [{ value: "implicit", label: "A trained language model by its implicit reward" }] : []),
    ...checkpoints.map(({ id, step, run_name: run }) => ({ value: id, label: `Checkpoint: ${run}, step ${step}` })),
  ];
  const checkpoint = checkpoints.find(({ id }) => id === kind);
  const isCheckpoint = checkpoint !== undefined;
  const [reason, setReason] = useState("");
  const lacks = lacksReason(checkpoint?.served, reason);
  return (
    <section className="sheet" aria-label="Add an algorithm">
      <h2>Add an algorithm</h2>
      <Stack gap="sm">
        <NativeSelect label="Algorithm" data={kinds} value={kind} onChange={(event) => { setKind(event.currentTarget.value); }} />
        {kind === "judge" && <JudgeForm audit={audit} models={usable} add={(judge) => { add({ judge }); }} busy={adding.isPending} />}
        {kind === "implicit" && <Implicit models={withWeights} add={add} busy={adding.isPending} />}
        {isCheckpoint && <p className="note">A checkpoint judges only the pairs that were held out of its training.</p>}
        <NotPromoted served={checkpoint?.served} reason={reason} onReason={setReason} />
        {(kind === "coin" || kind === "longer") && <p className="note">It looks at nothing that matters: what it reaches is what knowing nothing reaches.</p>}
        {(isCheckpoint || kind === "coin" || kind === "longer") && (
          <Button loading={adding.isPending} disabled={lacks} onClick={() => { add(kind === "coin" || kind === "longer" ? { null: kind } : { checkpoint: kind, reason }); }}>Let it judge</Button>
        )}
      </Stack>
    </section>
  );
}
