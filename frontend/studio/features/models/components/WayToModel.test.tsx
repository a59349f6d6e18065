import { screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { renderStudio, researcher } from "@/testing/render";
import type { AuditRow, DataSetRow, RunRow } from "../api/types";
import { WayToModel } from "./WayToModel";

const audit: AuditRow = { id: 3, title: "Two answers", created_at: "2026-03-01T10:00:00Z", guideline: "", withdrawn: 0 } as AuditRow;
const built = { id: "d-1", name: "Advice" } as DataSetRow;
const admin = { ...researcher, studies: researcher.studies.map((study) => ({ ...study, role: "admin" as const })) };

function answering({ audits = [audit], setAt = null }: { audits?: AuditRow[]; setAt?: string | null } = {}): void {
  vi.stubGlobal("fetch", ({ url }: Request) => {
    const found = url.endsWith("/audits/") ? audits : { conditions: {}, set_at: setAt, set_by: null };
    return Promise.resolve(new Response(JSON.stringify(found), { headers: { "Content-Type": "application/json" } }));
  });
}

async function current(dataSets: DataSetRow[], runs: RunRow[] = []): Promise<HTMLElement> {
  await renderStudio(<WayToModel dataSets={dataSets} runs={runs} />, { me: admin });
  const steps = await screen.findAllByRole("listitem");
  return steps.find((step) => step.getAttribute("aria-current") === "step") as HTMLElement;
}

afterEach(() => { vi.unstubAllGlobals(); });

it("begins in the only audit, and launches nothing before there is a data set", async () => {
  answering();

  const step = await current([]);

  expect(within(step).getByRole("link", { name: "Build one in “Two answers”" })).toHaveAttribute("href", "/studies/tea/discretion/3?part=set-up");
  expect(screen.queryByRole("link", { name: "Launch a run" })).toBeNull();
});

it("asks to begin an audit where there is none", async () => {
  answering({ audits: [] });

  const step = await current([]);

  expect(within(step).getByRole("link", { name: "Begin an audit" })).toBeVisible();
});

it("goes on to the run once a data set is built and the conditions are set", async () => {
  answering({ setAt: "2026-03-02T10:00:00Z" });

  const step = await current([built]);

  expect(within(step).getByRole("heading")).toHaveTextContent("Train");
  expect(within(step).getByRole("link", { name: "Launch a run" })).toBeVisible();
  expect(screen.getByText("1 built")).toBeVisible();
});
