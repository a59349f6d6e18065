import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderStudio } from "@/testing/render";
import { pointsOf } from "../hooks/live-run";
import { seriesOf } from "../hooks/points";
import { run } from "../testing/runs";
import { RunChart } from "./RunChart";

const view = { smoothing: 0, isLog: false, setLog: () => undefined };

describe("the chart of a run", () => {
  it("states the finding and holds every point in its table", async () => {
    const lines = [{ run: "Run 1", series: seriesOf(pointsOf(run()), "loss") }];
    await renderStudio(<RunChart lines={lines} name="loss" label="Loss" view={view} />, { at: "/studies/tea/x" });
    expect(screen.getByRole("heading", { name: "Loss fell from 0.600 to 0.500 over 20 steps" })).toBeTruthy();

    await userEvent.click(screen.getByRole("button", { name: "Show table" }));

    const rows = within(screen.getByRole("table")).getAllByRole("row").slice(1);
    expect(rows.map((row) => row.textContent)).toEqual(["100.6000", "200.5000"]);
  });
});
