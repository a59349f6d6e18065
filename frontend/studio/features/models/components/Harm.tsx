/** What training may have spoilt: a liking for length or for a place, and what it knew before. */
import type { CheckpointRow } from "../api/types";
import { controlSentence, lengthSentence, positionSentence } from "../hooks/evaluation";
import { Rates, type RatesRow } from "./Rates";

type Control = NonNullable<CheckpointRow["control"]>;

const KINDS: Readonly<Record<string, string>> = { fact: "Facts", sum: "Sums", language: "Language", form: "Form", sense: "Common sense", "": "No context" };

function OnControl({ control }: { control: Control }) {
  const kinds = Object.entries(control.by_kind).map(([kind, { model, base }]): RatesRow => [KINDS[kind] ?? kind, model, base]);
  return (
    <>
      <p data-measure="control">{controlSentence(control)}</p>
      <Rates title={`Right on control pairs: ${control.set}`} columns={["Pairs", "The checkpoint", "Its base"]} rows={[["All", control.model, control.base], ...kinds]} />
      <p className="note">The checkpoint judges by {control.model_by}, its base by {control.base_by}.</p>
    </>
  );
}

/** Draws the panel. */
export function Harm({ checkpoint: { held_out: found, control } }: { checkpoint: CheckpointRow }) {
  const { length, position } = found ?? {};
  return (
    <section className="sheet evaluation" aria-label="What training may have spoilt">
      <h2>What training may have spoilt</h2>
      {length && <h3>A liking for length</h3>}
      {length && <p data-measure="length-bias">{lengthSentence(length)}</p>}
      {length?.gap && <Rates title="Prefers the longer of two unequal responses" columns={["Who", "Prefers the longer"]} rows={[["The checkpoint", length.model], ["The target", length.target]]} />}
      {position && <h3>A liking for a place</h3>}
      {position && <p data-measure="position-bias">{positionSentence(position)}</p>}
      {position?.model && position.base && <Rates title="The order of the responses decides" columns={["Who", "The order decides", "Of these, for the first"]} rows={[["The checkpoint", position.model.decided, position.model.first], ["Its base", position.base.decided, position.base.first]]} />}
      <h3>What it knew before</h3>
      {control ? <OnControl control={control} /> : <p className="note">What training cost on other pairs has not been measured yet.</p>}
    </section>
  );
}
