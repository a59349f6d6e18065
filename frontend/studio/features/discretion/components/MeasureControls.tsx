/** What the measures are made of: kept in the address, so that a link shows the same numbers. */
import { MultiSelect, NativeSelect, NumberInput, Switch } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { Controls } from "../api/measures";
import type { Audit, Measures } from "../api/types";
import { useControls } from "../hooks/controls";

/** What the controls leave out or turn, in a few words. */
function inWords({ minActive, confidence, annotators, principles, group, bothOrders, weights, voters, reference }: Controls, names: ReadonlyMap<string, string>): string {
  const told = [
    ...(minActive > 1 ? [`at least ${minActive} active principles`] : []),
    ...(confidence > 0 ? [`votes at least ${Math.round(confidence * 100)} % sure`] : []),
    ...(annotators.length > 0 ? [`${annotators.length} ${annotators.length === 1 ? "annotator" : "annotators"}`] : []),
    ...(principles.length > 0 ? [`${principles.length} ${principles.length === 1 ? "principle" : "principles"}`] : []),
    ...(group === undefined ? [] : [group.replace("=", ": ")]),
    ...(bothOrders ? ["both orders agree"] : []),
    ...(weights ? ["the graph’s weights settle clashes"] : []),
    ...(voters === undefined ? [] : [`principles by ${names.get(voters) ?? voters}`]),
    ...(reference === undefined ? [] : [`compared with ${names.get(reference) ?? reference}`]),
  ];
  return told.length === 0 ? "everything counts" : told.join(" · ");
}

/** Draws the controls; groups, voters and weights are those that the audit has. They fold away where a phone has no room. */
export function MeasureControls({ audit, measures }: { audit: Audit; measures?: Measures }) {
  const [controls] = useControls();
  const narrow = useMediaQuery("(max-width: 48rem)", undefined, { getInitialValueInEffect: false });
  const names = new Map(audit.annotators.map(({ id, name }) => [String(id), name]));
  return (
    <details className="measure-controls-fold" open={!narrow}>
      <summary>Controls: {inWords(controls, names)}</summary>
      <Fields audit={audit} measures={measures} />
    </details>
  );
}

function Fields({ audit, measures }: { audit: Audit; measures?: Measures }) {
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
