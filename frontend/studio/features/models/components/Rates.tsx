/** Shares side by side in a table, each with its interval as a number and as a line from 0 to 1. */
import type { ReactNode } from "react";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Shown } from "../api/types";

/** One line of the table. */
export type RatesRow = readonly [name: string, ...rates: readonly Shown[]];

/** The line of an interval with its value; the number stands beside it. */
function Reach({ value, low, high }: Shown) {
  if (value === null || low === null || high === null) return null;
  const x = (share: number): number => 2 + 96 * Math.min(1, Math.max(0, share));
  return (
    <svg className="reach" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <line className="reach-scale" x1={x(0)} x2={x(1)} y1="4" y2="4" />
      <line className="reach-half" x1={x(0.5)} x2={x(0.5)} y1="0" y2="8" />
      <line className="reach-line" x1={x(low)} x2={x(high)} y1="4" y2="4" />
      <rect className="reach-value" x={x(value) - 1} y="0" width="2" height="8" />
    </svg>
  );
}

/** Draws the table under its title, or nothing where there are no rows. */
export function Rates({ title, columns, rows }: { title: string; columns: readonly string[]; rows: readonly RatesRow[] }) {
  if (rows.length === 0) return null;
  return (
    <TitledTable title={title} columns={columns}>
      {rows.map(([name, ...rates]) => <tr key={name}><th scope="row">{name}</th>{rates.map((rate, place) => <td key={columns[place + 1]} data-label={columns[place + 1]} className="is-numeric"><RateWithReach rate={rate} /></td>)}</tr>)}
    </TitledTable>
  );
}

/** A share as a number and as a line. */
export function RateWithReach({ rate }: { rate: Shown }) {
  return <div><NumberWithInterval {...rate} /><Reach {...rate} /></div>;
}

/** The frame of a table whose title everybody reads; on a phone each row is a sheet. */
export function TitledTable({ title, columns, children }: { title: string; columns: readonly string[]; children: ReactNode }) {
  return (
    <div className="data-table-frame" tabIndex={0} role="group" aria-label={title}>
      <table className="data-table rates is-stacking">
        <caption>{title}</caption>
        <thead><tr>{columns.map((column, place) => <th key={column} scope="col" className={place > 0 ? "is-numeric" : undefined}>{column}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
