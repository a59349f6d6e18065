/** What the measures are made of: kept in the address, so that a link shows the same numbers. */
import { MultiSelect, NativeSelect, NumberInput, Switch } from "@mantine/core";
import type { Audit, Measures } from "../api/types";
import { useControls } from "../hooks/controls";

/** Draws the controls; groups, voters and weights are those that the audit has. */
export function MeasureControls({ audit, measures }: { audit: Audit; measures?: Measures }) {
  const [controls, change] = useControls();
  const annotators = audit.annotators.map(({ id, name }) => ({ value: String(id), label: name }));
  const principles = audit.principles.map(({ id, title }) => ({ value: String(id), label: title }));
  const groups = measures?.groups ?? [];
  const offered = measures?.basis.offered ?? [];
  const percent = Math.round(controls.confidence * 100);
  return (
    <div className="measure-controls" role="group" aria-label="Controls of the measures">
      <NumberInput label="Active principles at least" min={1} max={20} value={controls.minActive} onChange={(value) => { change({ minActive: Number(value) || 1 }); }} />
      <NumberInput label="Votes by principle sure at least" suffix=" %" min={0} max={100} step={5} value={percent} onChange={(value) => { change({ confidence: Math.min(100, Number(value) || 0) / 100 }); }} />
      <MultiSelect label="Annotators" placeholder={controls.annotators.length === 0 ? "All" : undefined} data={annotators} value={[...controls.annotators]} onChange={(chosen) => { change({ annotators: chosen }); }} clearable />
      <MultiSelect label="Principles" placeholder={controls.principles.length === 0 ? "All" : undefined} data={principles} value={[...controls.principles]} onChange={(chosen) => { change({ principles: chosen }); }} clearable />
      <NativeSelect label="Compare priorities with" data={[{ value: "", label: "People together" }, ...annotators]} value={controls.reference ?? ""} onChange={(event) => { change({ reference: event.currentTarget.value }); }} />
      {groups.length > 0 && <NativeSelect label="Comparisons" data={[{ value: "", label: "All" }, ...groups.map((group) => ({ value: group, label: group.replace("=", ": ") }))]} value={controls.group ?? ""} onChange={(event) => { change({ group: event.currentTarget.value }); }} />}
      {offered.length > 1 && <NativeSelect label="Principles judged by" data={[{ value: "", label: "People, where they did" }, ...offered.map(({ id, name }) => ({ value: id ?? "", label: name ?? "" }))]} value={controls.voters ?? ""} onChange={(event) => { change({ voters: event.currentTarget.value }); }} />}
      <Switch label="Only verdicts that hold in both orders" checked={controls.bothOrders} onChange={(event) => { change({ bothOrders: event.currentTarget.checked }); }} />
      {measures?.weights.available && <Switch label="Let the graph’s weights settle clashes" description={measures.weights.settled === null ? undefined : `${measures.weights.settled.toLocaleString()} clashes settled`} checked={controls.weights} onChange={(event) => { change({ weights: event.currentTarget.checked }); }} />}
    </div>
  );
}
