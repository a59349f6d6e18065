/** A data set as a file: whole, or as TRL's trainers read it. */
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { studyPath, useStudy } from "@/studio/shell/routes";

const FORMS = [
  { value: "own", label: "Whole records, with where each comes from", note: "One line a pair: both responses, the target, the rule, the verdicts behind it." },
  { value: "trl", label: "TRL: pairs (DPO, reward model)", note: "prompt, chosen, rejected, and the target beside them as p_chosen. Ties are left out." },
  { value: "trl-unpaired", label: "TRL: single responses (KTO, BCO)", note: "prompt, completion, label, and how likely each is preferred as p. Ties are left out." },
  { value: "trl-prompts", label: "TRL: prompts alone (GRPO)", note: "Every prompt once." },
];
const SIDES = [
  { value: "train", label: "Train" },
  { value: "held_out", label: "Held out" },
  { value: "", label: "Both; each line says which" },
];

/** Draws the choice of form and side, and the download. */
export function ExportDataSet({ dataSet }: { dataSet: string }) {
  const { slug } = useStudy();
  const [form, setForm] = useState("own");
  const [side, setSide] = useState("train");
  const asked = new URLSearchParams({ form, ...(side === "" ? {} : { side }) });
  return (
    <section className="sheet" aria-label="Export">
      <h2>Export as JSON Lines</h2>
      <div className="join-audit">
        <NativeSelect label="For" data={FORMS.map(({ value, label }) => ({ value, label }))} value={form} onChange={(event) => { setForm(event.currentTarget.value); }} />
        <NativeSelect label="Side" data={SIDES} value={side} onChange={(event) => { setSide(event.currentTarget.value); }} />
        <Button component="a" variant="default" href={studyPath(slug, `data-sets/${dataSet}/export/?${asked.toString()}`)} download>Download</Button>
      </div>
      <p className="note">{FORMS.find(({ value }) => value === form)?.note} Read it with <code>load_dataset("json", data_files="…")</code>.</p>
    </section>
  );
}
