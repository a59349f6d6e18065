/** The values of a graph as a table, the wisest first, and its steps as another. */
import { Button } from "@mantine/core";
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { StudioLink } from "@/studio/components/StudioLink";
import { ANSWER_WORDS } from "@/studio/components/VoteRows";
import type { Graph, GraphEdge, GraphNode } from "../api/types";
import type { Open, Target } from "../hooks/inspecting";
import { useFirst } from "../hooks/limit";
import { rankText, ranked, votedEdges } from "../hooks/sentences";

interface TablesProps {
  graph: Graph;
  target?: Target;
  onOpen: Open;
  /** Where the page stands that says how firm the first place is. */
  firmness?: string;
}

function Opens({ text, label, onPress }: { text: string; label: string; onPress: () => void }) {
  return <button type="button" className="row-button is-number" aria-label={label} onClick={onPress}>{text}</button>;
}

function columnsOfValues(firmness: string | undefined, onOpen: Open): readonly Column<GraphNode>[] {
  const top = ({ p_top }: GraphNode) => (firmness === undefined || p_top === null ? decimal(p_top) : <StudioLink to={firmness} className="number-link">{decimal(p_top)}</StudioLink>);
  return [
    { key: "title", label: "Value", cell: ({ title, imported }) => (imported ? <>{title} <span className="badge">▣ from elsewhere</span></> : title), sortBy: ({ title }) => title },
    { key: "score", label: "Score", numeric: true, cell: ({ score, low, high }) => <NumberWithInterval value={score} low={low} high={high} />, sortBy: ({ score }) => score },
    { key: "p_top", label: "P(top)", numeric: true, cell: top, sortBy: ({ p_top }) => p_top },
    { key: "rank", label: "Rank", cell: (node) => rankText(node), sortBy: ({ rank_low }) => rank_low },
    { key: "n", label: "n", numeric: true, cell: ({ id, n, title }) => <Opens text={count(n)} label={`${count(n)} votes on ${title}`} onPress={() => { onOpen({ kind: "votes", value: id }); }} />, sortBy: ({ n }) => n },
  ];
}

function columnsOfSteps(name: (id: number) => string, onOpen: Open): readonly Column<GraphEdge>[] {
  const open = ({ less_wise, wiser }: GraphEdge, answer?: string) => (): void => { onOpen({ kind: "step", one: less_wise, other: wiser, answer }); };
  const answers = (["wiser", "not_wiser", "unsure", "same", "not_about"] as const).map((answer): Column<GraphEdge> => ({
    key: answer,
    label: ANSWER_WORDS[answer],
    numeric: true,
    cell: (edge) => (edge.counts[answer] === 0 ? "0" : <Opens text={count(edge.counts[answer])} label={`${edge.counts[answer]} ${ANSWER_WORDS[answer]}: open the votes`} onPress={open(edge, answer)} />),
    sortBy: ({ counts }) => counts[answer],
  }));
  return [
    { key: "step", label: "Step", cell: ({ less_wise, wiser }) => `${name(less_wise)} → ${name(wiser)}`, sortBy: ({ less_wise }) => name(less_wise) },
    { key: "share", label: "Find it wiser", numeric: true, cell: (edge) => <Opens text={`${decimal(100 * edge.likelihood, 0)} %`} label={`${decimal(100 * edge.likelihood, 0)} % find it wiser: open the votes`} onPress={open(edge)} />, sortBy: ({ likelihood }) => likelihood },
    { key: "n", label: "n", numeric: true, cell: (edge) => <Opens text={count(edge.n)} label={`n = ${count(edge.n)}: open the votes`} onPress={open(edge)} />, sortBy: ({ n }) => n },
    ...answers,
  ];
}

/** Draws the values; a row's title opens the value. */
export function ValuesTable({ graph, target, onOpen, firmness }: TablesProps) {
  return (
    <DataTable
      caption="Values, the wisest first"
      columns={columnsOfValues(firmness, onOpen)}
      rows={ranked(graph.nodes)}
      rowKey={({ id }) => String(id)}
      selected={target?.kind === "value" ? String(target.id) : undefined}
      simulated={({ simulated }) => simulated}
      onOpen={({ id }) => { onOpen({ kind: "value", id }); }}
    />
  );
}

/** Draws the steps; a count opens the votes behind it. */
export function StepsTable({ graph, onOpen }: TablesProps) {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  const name = (id: number): string => titles.get(id) ?? `value ${id}`;
  const steps = votedEdges(graph);
  const [rows, showAll] = useFirst(steps);
  return (
    <>
      <DataTable
        caption="Steps between values, those with most votes first"
        columns={columnsOfSteps(name, onOpen)}
        rows={rows}
        rowKey={({ less_wise, wiser }) => `${less_wise}-${wiser}`}
        onOpen={({ less_wise, wiser }) => { onOpen({ kind: "step", one: less_wise, other: wiser }); }}
      />
      {showAll && <Button variant="default" size="compact-md" onClick={showAll}>Show all {count(steps.length)} steps</Button>}
    </>
  );
}
