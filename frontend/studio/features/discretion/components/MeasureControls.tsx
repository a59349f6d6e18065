/** What the measures are made of: kept in the address, so that a link shows the same numbers. */
import { MultiSelect, NativeSelect, NumberInput } from "@mantine/core";
import type { Audit } from "../api/types";
import { useControls } from "../hooks/controls";

/** Draws the controls. */
export function MeasureControls({ audit }: { audit: Audit }) {
  const [controls, change] = useControls();
  const annotators = audit.annotators.map(({ id, name }) => ({ value: String(id), label: name }));
  const principles = audit.principles.map(({ id, title }) => ({ value: String(id), label: title }));
  return (
    <div className="measure-controls" role="group" aria-label="Controls of the measures">
      <NumberInput label="Active principles at least" min={1} max={20} value={controls.minActive} onChange={(value) => { change({ minActive: Number(value) || 1 }); }} />
      <MultiSelect label="Annotators" placeholder={controls.annotators.length === 0 ? "All" : undefined} data={annotators} value={[...controls.annotators]} onChange={(chosen) => { change({ annotators: chosen }); }} clearable />
      <MultiSelect label="Principles" placeholder={controls.principles.length === 0 ? "All" : undefined} data={principles} value={[...controls.principles]} onChange={(chosen) => { change({ principles: chosen }); }} clearable />
      <NativeSelect label="Compare priorities with" data={[{ value: "", label: "People together" }, ...annotators]} value={controls.reference ?? ""} onChange={(event) => { change({ reference: event.currentTarget.value }); }} />
    </div>
  );
}
