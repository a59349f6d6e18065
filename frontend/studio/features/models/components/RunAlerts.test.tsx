import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderStudio, researcher } from "@/testing/render";
import type { RunAlert } from "../api/types";
import { run } from "../testing/runs";
import { RunAlerts } from "./RunAlerts";

const stall: RunAlert = { id: 1, kind: "stall", step: 7, message: "Nothing was heard.", lines: [], raised_at: "2026-11-20T10:00:00Z", ended_at: "2026-11-20T10:05:00Z", settings: {} };
const disk: RunAlert = { id: 2, kind: "disk", step: 9, message: "Make room, then resume.", lines: ["step 9 of 20: loss 0.5"], raised_at: "2026-11-20T10:06:00Z", ended_at: null, settings: {} };

const admin = { ...researcher, studies: researcher.studies.map((study) => ({ ...study, role: "admin" as const })) };

describe("the alerts of a run", () => {
  it("cries out what lasts, with the last lines, and only lists what is over", async () => {
    await renderStudio(<RunAlerts run={run({ state: "failed", alerts: [disk, stall] })} />, { me: admin });

    const [alert, ...others] = screen.getAllByRole("alert");

    expect(others).toEqual([]);
    expect(within(alert as HTMLElement).getByRole("heading", { name: "The disk is full" })).toBeTruthy();
    expect(alert?.textContent).toContain("Make room, then resume.step 9 of 20: loss 0.5");
    expect(within(alert as HTMLElement).getByRole("button", { name: "Resume" })).toBeTruthy();
    expect(within(alert as HTMLElement).getByRole("link", { name: "Look at the log there" }).getAttribute("href")).toBe("/studies/tea/models/runs/r-1?tab=log&near=Make%20room%2C%20then%20resume.");
    expect(screen.getByText("One alert that is over")).toBeTruthy();
    expect(screen.getByText(/^At step 7, /)).toBeTruthy();
  });
});
