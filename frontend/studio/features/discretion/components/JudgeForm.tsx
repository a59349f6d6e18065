/** How a language model is to judge, and what that would take, said before it begins. */
import { Button, Checkbox, NativeSelect, NumberInput, Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { useStudy } from "@/studio/shell/routes";
import { forecastQuery } from "../api/annotators";
import { auditQuery } from "../api/audits";
import type { JudgeInput, LanguageModelRow } from "../api/types";
import { foreseen } from "../hooks/judging-words";
import { lacksReason } from "../hooks/not-promoted";
import { NotPromoted } from "./NotPromoted";

const FIRST: JudgeInput = { language_model: null, principles: [], style: "letter", orders: "both", limit: null, sample: 0, temperature: null, reason: "", name: "" };

function Forecast({ audit, judge }: { audit: string; judge: JudgeInput }) {
  const { slug } = useStudy();
  const { data, isPending, error } = useQuery(forecastQuery(slug, audit, judge));
  return (
    <div className="forecast" role="status" aria-label="What this takes">
      {isPending && <p>Working out what this takes.</p>}
      {error && <ErrorState error={error} />}
      {data && foreseen(data).map((text) => <p key={text}>{text}</p>)}
    </div>
  );
}

interface JudgeFormProps {
  audit: string;
  models: readonly LanguageModelRow[];
  add: (judge: JudgeInput) => void;
  busy: boolean;
}

/** Draws the form. */
export function JudgeForm({ audit, models, add, busy }: JudgeFormProps) {
  const { slug } = useStudy();
  const principles = useQuery(auditQuery(slug, audit)).data?.principles ?? [];
  const [judge, setJudge] = useState(FIRST);
  const set = (part: Partial<JudgeInput>): void => { setJudge({ ...judge, ...part }); };
  const chosen = judge.principles ?? [];
  const byPrinciple = chosen.length > 0;
  const served = models.find(({ id }) => id === judge.language_model)?.served;
  const options = [{ value: "", label: "The one that judges in this study" }, ...models.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <Stack gap="sm">
      <NativeSelect label="Language model" data={options} value={judge.language_model ?? ""} onChange={(event) => { set({ language_model: event.currentTarget.value || null }); }} />
      <Radio.Group label="It says" value={byPrinciple ? "principles" : "overall"} onChange={(value) => { set(value === "overall" ? { principles: [], sample: 0 } : { principles: principles.map(({ id }) => id), sample: 50 }); }}>
        <Stack gap="xs" mt="xs">
          <Radio value="overall" label="Which response is better overall" />
          <Radio value="principles" label="Which response keeps better to each principle (an oracle)" disabled={principles.length === 0} />
        </Stack>
      </Radio.Group>
      {byPrinciple && (
        <Checkbox.Group label="Principles" value={chosen.map(String)} onChange={(values) => { set({ principles: values.map(Number) }); }}>
          <Stack gap="xs" mt="xs">{principles.map(({ id, title }) => <Checkbox key={id} value={String(id)} label={title} />)}</Stack>
        </Checkbox.Group>
      )}
      <NativeSelect label="Orders" data={[{ value: "both", label: "Both: a verdict counts when they agree" }, { value: "one", label: "One, by a coin for each pair (half the cost)" }]} value={judge.orders} onChange={(event) => { set({ orders: event.currentTarget.value as JudgeInput["orders"] }); }} />
      <NativeSelect label="Form of the answer" data={[{ value: "letter", label: "One letter, with probabilities where the server gives them" }, { value: "reasoned", label: "A reason first, then the answer" }]} value={judge.style} onChange={(event) => { set({ style: event.currentTarget.value as JudgeInput["style"] }); }} />
      <NumberInput label="Temperature" description="Leave empty for the one that the model has for judging, else 0" min={0} max={2} step={0.1} value={judge.temperature ?? ""} onChange={(value) => { set({ temperature: value === "" ? null : Number(value) }); }} />
      <NumberInput label="Pairs at most" description="A random part; leave empty for all" min={1} value={judge.limit ?? ""} onChange={(value) => { set({ limit: value === "" ? null : Number(value) }); }} />
      {byPrinciple && <NumberInput label="Pairs that people get first" description="So that its votes can be checked beside theirs" min={0} value={judge.sample} onChange={(value) => { set({ sample: Number(value) || 0 }); }} />}
      <Forecast audit={audit} judge={judge} />
      <NotPromoted served={served} reason={judge.reason ?? ""} onReason={(reason) => { set({ reason }); }} />
      <Button disabled={lacksReason(served, judge.reason ?? "")} loading={busy} onClick={() => { add(judge); }}>Let it judge</Button>
    </Stack>
  );
}
