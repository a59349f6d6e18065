/** A table that sorts by its headings and opens a row in the inspector. */
import { useMemo, useState, type ReactNode } from "react";

/** One column: how its cells look and what they sort by. */
export interface Column<Row> {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Leave out where sorting makes no sense. */
  sortBy?: (row: Row) => number | string | null;
  numeric?: boolean;
}

interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selected?: string;
  onOpen?: (row: Row) => void;
  simulated?: (row: Row) => boolean;
  /** Where a phone has no room for the columns, each row becomes a sheet with a line for each of them. */
  stacks?: boolean;
}

interface Order {
  key: string;
  descending: boolean;
}

/** Rows without a value come last in both directions. */
function compare(a: number | string | null, b: number | string | null, sign: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
}

function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | undefined): readonly Row[] {
  const sortBy = columns.find(({ key }) => key === order?.key)?.sortBy;
  if (!order || !sortBy) return rows;
  const sign = order.descending ? -1 : 1;
  return [...rows].sort((a, b) => compare(sortBy(a), sortBy(b), sign));
}

function Heading<Row>({ column, order, onOrder }: { column: Column<Row>; order?: Order; onOrder: (order: Order) => void }) {
  const active = order?.key === column.key ? order : undefined;
  const sorting = active && (active.descending ? "descending" : "ascending");
  const next = { key: column.key, descending: active ? !active.descending : column.numeric === true };
  return (
    <th scope="col" aria-sort={sorting} className={column.numeric ? "is-numeric" : undefined}>
      {column.sortBy
        ? <button type="button" onClick={() => { onOrder(next); }}>{column.label}<span aria-hidden="true">{active ? (active.descending ? " ↓" : " ↑") : ""}</span></button>
        : column.label}
    </th>
  );
}

/** Draws the rows; the first cell of a row is its button where rows open. */
export function DataTable<Row>({ caption, columns, rows, rowKey, selected, onOpen, simulated, stacks = false }: DataTableProps<Row>) {
  const [order, setOrder] = useState<Order>();
  const shown = useMemo(() => sorted(rows, columns, order), [rows, columns, order]);
  const open = (row: Row, index: number, content: ReactNode): ReactNode =>
    onOpen && index === 0
      ? <button type="button" className="row-button" onClick={() => { onOpen(row); }}>{content}</button>
      : content;
  return (
    <div className="data-table-frame" tabIndex={0} role="group" aria-label={caption}>
      <table className={stacks ? "data-table is-stacking" : "data-table"}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <Heading key={column.key} column={column} order={order} onOrder={setOrder} />)}</tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr
              key={rowKey(row)}
              className={[rowKey(row) === selected && "is-selected", simulated?.(row) && "simulated"].filter(Boolean).join(" ") || undefined}
            >
              {columns.map((column, index) => (
                <td key={column.key} data-label={column.label} className={column.numeric ? "is-numeric" : undefined}>{open(row, index, column.cell(row))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
