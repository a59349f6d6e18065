import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { type Column, DataTable } from "./DataTable";

interface Row {
  name: string;
  score: number | null;
}

const rows: Row[] = [{ name: "Beta", score: 0.2 }, { name: "Alpha", score: 0.9 }, { name: "Gamma", score: null }];
const columns: Column<Row>[] = [
  { key: "name", label: "Name", cell: ({ name }) => name, sortBy: ({ name }) => name },
  { key: "score", label: "Score", numeric: true, cell: ({ score }) => score ?? "–", sortBy: ({ score }) => score },
];
const names = (): (string | null)[] => screen.getAllByRole("row").slice(1).map((row) => row.querySelector("td")?.textContent ?? null);

it("sorts by a heading, numbers from the largest, and back", () => {
  render(<DataTable caption="Annotators" columns={columns} rows={rows} rowKey={({ name }) => name} />);
  expect(names()).toEqual(["Beta", "Alpha", "Gamma"]);

  fireEvent.click(screen.getByRole("button", { name: "Score" }));
  expect(screen.getByRole("columnheader", { name: /Score/ })).toHaveAttribute("aria-sort", "descending");
  fireEvent.click(screen.getByRole("button", { name: /Score/ }));
  expect(names()).toEqual(["Beta", "Alpha", "Gamma"]);
  fireEvent.click(screen.getByRole("button", { name: /Name/ }));
  expect(names()).toEqual(["Alpha", "Beta", "Gamma"]);
});

it("keeps rows without a number at the end in both directions", () => {
  render(<DataTable caption="Annotators" columns={columns} rows={rows} rowKey={({ name }) => name} />);

  fireEvent.click(screen.getByRole("button", { name: "Score" }));
  expect(names()).toEqual(["Alpha", "Beta", "Gamma"]);
});

it("opens a row by its first cell", () => {
  const open = vi.fn();
  render(<DataTable caption="Annotators" columns={columns} rows={rows} rowKey={({ name }) => name} onOpen={open} />);

  fireEvent.click(screen.getByRole("button", { name: "Alpha" }));
  expect(open).toHaveBeenCalledExactlyOnceWith(rows[1]);
});
