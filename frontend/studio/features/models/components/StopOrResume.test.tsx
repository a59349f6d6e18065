import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderStudio } from "@/testing/render";
import type { RunAlert } from "../api/types";
import { run } from "../testing/runs";
import { StopOrResume } from "./StopOrResume";

const broken: RunAlert = { id: 1, kind: "nan", step: 7, message: "The loss is no number.", lines: [], raised_at: "2026-11-20T10:00:00Z", ended_at: null, settings: { learning_rate: 0.0003 } };

it("offers a run that stopped its way on", async () => {
  await renderStudio(<StopOrResume run={run({ state: "cancelled" })} />);

  expect(screen.getByRole("button", { name: "Resume" })).toBeVisible();
});

it("leads from a run whose loss is no number to one with other settings, and not to the same step again", async () => {
  await renderStudio(<StopOrResume run={run({ state: "failed", alerts: [broken] })} />);

  expect(screen.queryByRole("button", { name: "Resume" })).toBeNull();
  expect(screen.getByRole("link", { name: "Clone with changes" }).getAttribute("href")).toContain("learning_rate");
});

it("stops what trains, whatever was said of it", async () => {
  await renderStudio(<StopOrResume run={run({ state: "running", alerts: [broken] })} />);

  expect(screen.getByRole("button", { name: "Stop" })).toBeVisible();
});
