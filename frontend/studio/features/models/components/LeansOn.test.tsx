import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renderStudio } from "@/testing/render";
import type { Sample } from "../api/types";
import type { Verdict } from "../hooks/leans";
import { LeansOn } from "./LeansOn";

const example = {
  id: "c-1", prompt: "What now?", response_a: "Wait.", response_b: "Go.", p_a: 1, split_key: "k", context: "3",
  source: { comparison: "c-1", verdicts: [1, 2], values: [5], consents: 4, snapshot: 7, rule: "graph" },
} satisfies Sample;

function verdict(given: Partial<Verdict>): Verdict {
  return {
    id: 1, at: "2026-11-20T10:00:00Z", stands: true, left: false, annotator: "Kim", kind: "person", principle: null, answer: "a",
    order: "", confidence: null, swapped: "", reason: "", why: "", against_own: false, outdated: false, ...given,
  };
}

const opened = { id: "c-1", external_id: "pair-12", prompt: "What now?", response_a: "Wait.", response_b: "Go.", blurred: false, hidden: false };
const value = { id: 5, title: "Patient listening", summary: "I wait.", policies: [], simulated: false, imported: false };
let answers: Record<string, unknown> = {};
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", ({ url }: Request) => {
    asked.push(url);
    const found = Object.entries(answers).find(([part]) => url.includes(part))?.[1] ?? [];
    return Promise.resolve(new Response(JSON.stringify(found), { headers: { "Content-Type": "application/json" } }));
  });
});
afterEach(() => { vi.unstubAllGlobals(); });

describe("what an example leans on", () => {
  it("is a sentence, and reads who said what only when somebody opens it", async () => {
    answers = { "/comparisons/c-1/": { ...opened, verdicts: [verdict({}), verdict({ id: 2, annotator: "Robin", principle: "Care", answer: "b", left: true })] }, "/values/5/": { value, cards: [] } };
    await renderStudio(<LeansOn example={example} audit="9" />);
    expect(asked).toEqual([]);

    await userEvent.click(screen.getByText("Leans on 2 verdicts, 1 value and the votes of 4 people who agreed to training."));

    const verdicts = await screen.findByRole("region", { name: "Verdicts" });
    expect(await within(verdicts).findByText("Kim")).toBeVisible();
    expect(within(verdicts).getByText("Robin").closest("li")).toHaveTextContent("This person’s account is gone; what they said stays counted.");
    expect(within(verdicts).getByRole("link", { name: "Open comparison pair-12" })).toHaveAttribute("href", "/studies/tea/discretion/9/comparisons?comparison=c-1");
    expect(asked.some((url) => url.includes("verdict=1&verdict=2"))).toBe(true);
  });

  it("says that the person behind a value has withdrawn, and leads nowhere from there", async () => {
    answers = { "/comparisons/c-1/": { ...opened, verdicts: [] }, "/values/5/": { value, cards: [] } };
    await renderStudio(<LeansOn example={example} audit="9" />);

    await userEvent.click(screen.getByText(/^Leans on/));

    expect(await screen.findByText(/has withdrawn. What was said by it stays counted/)).toBeVisible();
    expect(screen.getByText("No card stands in it now.")).toBeVisible();
    expect(screen.queryByRole("link", { name: /in the graph$/ })).toBeNull();
  });

  it("shows nobody what others said of a pair that waits on their own pile", async () => {
    answers = { "/comparisons/c-1/": { ...opened, hidden: true, verdicts: [] }, "/values/5/": { value, cards: [] } };
    await renderStudio(<LeansOn example={example} audit="9" />);

    await userEvent.click(screen.getByText(/^Leans on/));

    expect(await screen.findByText(/This pair is still on your own pile/)).toBeVisible();
    expect(screen.queryByRole("link", { name: /Open comparison/ })).toBeNull();
  });
});
