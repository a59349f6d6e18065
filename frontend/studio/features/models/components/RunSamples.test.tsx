import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderStudio } from "@/testing/render";
import { runSamplesQuery } from "../api/runs";
import type { RunSamples as Sampled } from "../api/types";
import { RunSamples } from "./RunSamples";

const at = (step: number, response: string): Sampled => ({ step, rows: [{ prompt: "Should she go?", response }] });
const titles = (): (string | null)[] => [...document.querySelectorAll("h4")].map(({ textContent }) => textContent);

describe("the answers of a run", () => {
  it("stand beside the base's and are stepped through by checkpoint, in the address", async () => {
    const { queries, address } = await renderStudio(<RunSamples id="r-1" />, { at: "/studies/tea/x?sample=25" });
    queries.setQueryData(runSamplesQuery("tea", "r-1").queryKey, [at(0, "Decide."), at(25, "Decide."), at(50, "Ask her.")]);

    expect(await screen.findByText("Same as the base")).toBeTruthy();
    expect(titles()).toEqual(["Base model", "Step 25 Same as the base"]);

    await userEvent.click(screen.getByText("Later"));

    expect(await screen.findByText("Ask her.")).toBeTruthy();
    expect(titles()).toEqual(["Base model", "Step 50"]);
    expect(screen.getByText("Decide.")).toBeTruthy();
    expect(address()).toContain("sample=50");
  });
});
