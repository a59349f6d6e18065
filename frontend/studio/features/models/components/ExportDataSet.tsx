/** A data set as a file: whole, or as TRL's trainers read it; as a folder with its card, or one side alone. */
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { studyPath, useStudy } from "@/studio/shell/routes";

const FORMS = [
  { value: "own", label: "Whole records, with where each comes from", note: "One line a pair: both responses, the target, the rule, the verdicts behind it." },
  { value: "trl", label: "TRL: pairs (DPO, reward model)", note: "prompt, chosen, rejected, and the target beside them as p_chosen. Ties are left out." },
  { value: "trl-unpaired", label: "TRL: single responses (KTO, BCO)", note: "prompt, completion, label, and how likely each is preferred as p. Ties are left out." },
  { value: "trl-prompts", label: "TRL: prompts alone (GRPO)", note: "Every prompt once." },
];
const FOLDER = "folder";
const SIDES = [
  { value: FOLDER, label: "Both sides and the data card, as a folder (ZIP)" },
  { value: "train", label: "Train alone" },
  { value: "held_out", label: "Held out alone" },
  { value: "", label: "Both in one file; each line says which" },
];

/** Where the download of a form and side lies. */
export function addressOf(form: string, side: string): string {
  if (side === FOLDER) return `folder/?${new URLSearchParams({ form }).toString()}`;
  return `export/?${new URLSearchParams({ form, ...(side === "" ? {} : { side }) }).toString()}`;
}

/** Draws the choice of form and side, and the download. */
export function ExportDataSet({ dataSet }: { dataSet: string }) {
  const { slug } = useStudy();
  const [form, setForm] = useState("own");
  const [side, setSide] = useState(FOLDER);
  return (
    <section className="sheet" aria-label="Export">
      <h2>Export as JSON Lines</h2>
      <div className="join-audit">
        <NativeSelect label="For" data={FORMS.map(({ value, label }) => ({ value, label }))} value={form} onChange={(event) => { setForm(event.currentTarget.value); }} />
        <NativeSelect label="What" data={SIDES} value={side} onChange={(event) => { setSide(event.currentTarget.value); }} />
        <Button component="a" variant="default" href={studyPath(slug, `data-sets/${dataSet}/${addressOf(form, side)}`)} download>Download</Button>
      </div>
      <p className="note">
        {FORMS.find(({ value }) => value === form)?.note}
        {side === FOLDER
          ? <> The card says how it was made and whose consent counted. Unpack it and read it with <code>load_dataset("folder", split="train")</code>.</>
          : <> Read it with <code>load_dataset("json", data_files="…")</code>.</>}
      </p>
      <p className="note">A downloaded copy keeps its words when somebody withdraws, and nobody can call it back. Delete it then, and download it anew.</p>
    </section>
  );
}
