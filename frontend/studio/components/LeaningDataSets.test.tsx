import { screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { renderStudio } from "@/testing/render";
import { LeaningDataSets } from "./LeaningDataSets";

const row = { id: "d-1", name: "Advice", train_count: 30, held_out_count: 10, created_at: "2026-11-20T10:00:00Z", withdrawals: 0 };

function answering(body: unknown, status = 200): void {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } })));
}

afterEach(() => { vi.unstubAllGlobals(); });

it("leads to each data set, its runs and their checkpoints", async () => {
  const runs = [{ id: "r-2", number: 2, name: "Second run", checkpoints: [{ id: "k-2", step: 80 }, { id: "k-1", step: 40 }] }, { id: "r-1", number: 1, name: "First run", checkpoints: [] }];
  answering([{ ...row, runs, withdrawals: 2 }]);

  await renderStudio(<LeaningDataSets on={{ values: [3] }} />);

  const part = screen.getByRole("region", { name: "Data sets that lean on this" });
  expect(await within(part).findByRole("link", { name: "Advice" })).toHaveAttribute("href", "/studies/tea/models/data-sets/d-1");
  expect(within(part).getByRole("link", { name: "Second run" })).toHaveAttribute("href", "/studies/tea/models/runs/r-2");
  expect(within(part).getByRole("link", { name: "Second run, checkpoint at step 80" })).toHaveAttribute("href", "/studies/tea/models/checkpoints/k-2");
  expect(part).toHaveTextContent("First run, no checkpoint");
  expect(part).toHaveTextContent("2 people behind its data have withdrawn since the data set was frozen.");
});

it("says in a sentence that there is none yet, or that nothing was trained", async () => {
  answering([]);
  const { unmount } = await renderStudio(<LeaningDataSets on={{ comparison: "c-1" }} />);
  expect(await screen.findByText("No data set leans on this yet.")).toBeVisible();
  unmount();

  answering([{ ...row, runs: [] }]);
  await renderStudio(<LeaningDataSets on={{ comparison: "c-1" }} />);
  expect(await screen.findByText("Nothing was trained on it yet.")).toBeVisible();
});

it("says what went wrong and offers to try again", async () => {
  answering({ error: { code: "server_error", message: "The database is busy.", fields: {} } }, 500);

  await renderStudio(<LeaningDataSets on={{ participant: "p-1" }} />);

  expect(await screen.findByRole("alert")).toHaveTextContent("The database is busy.");
  expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
});
