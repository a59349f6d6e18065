/** The values of a graph as a table, the wisest first. */
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { count, decimal } from "@/lib/numbers";
import type { GraphNode } from "../api/types";
import { rankText, ranked } from "../hooks/sentences";

const COLUMNS: readonly Column<GraphNode>[] = [
  { key: "title", label: "Value", cell: ({ title }) => title, sortBy: ({ title }) => title },
  { key: "score", label: "Score", numeric: true, cell: ({ score, low, high }) => <NumberWithInterval value={score} low={low} high={high} />, sortBy: ({ score }) => score },
  { key: "p_top", label: "P(top)", numeric: true, cell: ({ p_top }) => decimal(p_top), sortBy: ({ p_top }) => p_top },
  { key: "rank", label: "Rank", cell: (node) => rankText(node), sortBy: ({ rank_low }) => rank_low },
  { key: "n", label: "n", numeric: true, cell: ({ n }) => count(n), sortBy: ({ n }) => n },
];

interface ValuesTableProps {
  nodes: readonly GraphNode[];
  selected?: number;
  onSelect: (id: number) => void;
}

/** Draws the table; a row's title opens the value. */
export function ValuesTable({ nodes, selected, onSelect }: ValuesTableProps) {
  return (
    <DataTable
      caption="Values, the wisest first"
      columns={COLUMNS}
      rows={ranked(nodes)}
      rowKey={({ id }) => String(id)}
      selected={selected === undefined ? undefined : String(selected)}
      simulated={({ simulated }) => simulated}
      onOpen={({ id }) => { onSelect(id); }}
    />
  );
}
