import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderStudio } from "@/testing/render";
import type { MergePair, MergeSide } from "../api/types";
import { MergeForm } from "./MergeForm";

function side(id: number, title: string, quote = ""): MergeSide {
  const policies = [{ attended: "PAUSES", qualifier: "that people need", quote }];
  return { value: { id, title, summary: "I wait.", policies, simulated: false, imported: false }, cards: [{ id: 10 * id, title, summary: "I wait.", policies }], votes: 3, live: true };
}

const NAMES = ["Captured in full", "Same attention in practice", "One serves the other", "Differences are oversights", "Same level of detail"];

function pair(given: Partial<MergePair> = {}): MergePair {
  return {
    low: side(4, "Slow ears", "I counted to ten."), high: side(7, "Long listening"), stays: 4,
    near: { similarity: 0.61, language: "en", encoder: "minilm" },
    parts: NAMES.map((name, index) => ({ number: index + 1, name, question: `${name}?`, answer: "", why: "" })),
    opinion: null, decisions: [], ...given,
  };
}

const sent: Request[] = [];
const onDecided = vi.fn();
const onUndo = vi.fn();

beforeEach(() => {
  sent.length = 0;
  onDecided.mockReset();
  onUndo.mockReset();
  vi.stubGlobal("fetch", (request: Request) => {
    sent.push(request);
    return Promise.resolve(new Response(JSON.stringify({ id: 1, kind: "merged", reason: "" }), { status: 201, headers: { "Content-Type": "application/json" } }));
  });
});
afterEach(() => { vi.unstubAllGlobals(); });

async function draw(given: Partial<MergePair> = {}, writes = true): Promise<void> {
  await renderStudio(<MergeForm slug="tea" pair={pair(given)} writes={writes} onDecided={onDecided} onUndo={onUndo} />);
  await screen.findByRole("heading", { level: 2 });
}

it("puts two values together by keyboard alone, the other wording staying", async () => {
  await draw();
  await userEvent.keyboard("a");
  expect(screen.getByText(/Say first that all five parts hold/)).toBeVisible();
  expect(sent).toHaveLength(0);

  await userEvent.keyboard("ywa");

  await vi.waitFor(() => { expect(onDecided).toHaveBeenCalledOnce(); });
  expect(sent[0]?.url).toContain("/merges/4/7/");
  expect(await sent[0]?.json()).toEqual({ decision: "merged", keep: 7, rubric: { 1: "yes", 2: "yes", 3: "yes", 4: "yes", 5: "yes" }, reason: "" });
});

it("keeps two values apart for a part that does not hold", async () => {
  await draw();

  await userEvent.keyboard("5");
  expect(screen.getByRole("button", { name: "Same level of detail: no" })).toHaveAttribute("aria-pressed", "true");
  await userEvent.keyboard("r");

  await vi.waitFor(() => { expect(onDecided).toHaveBeenCalledOnce(); });
  expect(await sent[0]?.json()).toEqual({ decision: "apart", keep: null, rubric: { 5: "no" }, reason: "" });
});

it("types a reason without deciding anything by its letters", async () => {
  await draw();

  await userEvent.keyboard("m");
  await userEvent.keyboard("a rare reason");

  expect(screen.getByLabelText(/^Reason/)).toHaveValue("a rare reason");
  expect(sent).toHaveLength(0);
  await userEvent.keyboard("{Escape}r");
  await vi.waitFor(() => { expect(sent).toHaveLength(1); });
});

it("shows quotes of those who agreed, votes that would move, and a model's opinion beside the rubric", async () => {
  const parts = pair().parts.map((part) => (part.number === 2 ? { ...part, answer: "no" as const, why: "One hurries." } : { ...part, answer: "yes" as const }));
  await draw({ parts, opinion: { suggestion: "different", model: "scripted", prompt: "merge-v1", fault: "", at: "2026-03-01T10:00:00Z" } });

  expect(screen.getByRole("group", { name: "In their words" })).toHaveTextContent("I counted to ten.");
  expect(screen.getByText(/They count for the value that stays/)).toBeVisible();
  expect(screen.getByText(/says that they differ/)).toBeVisible();
  expect(screen.getByText("One hurries.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Captured in full: yes" })).toHaveAttribute("aria-pressed", "false");
});

it("shows what was decided and lets it be undone", async () => {
  const row = { id: 5, kind: "apart" as const, low: 4, high: 7, low_title: "Slow ears", high_title: "Long listening", kept: null, rubric: { 5: "no" as const }, similarity: 0.61, reason: "Broader.", by: "robin", at: "2026-03-01T10:00:00Z", undone_at: null, undone_by: "", objected: true };
  await draw({ decisions: [row] });

  expect(screen.queryByRole("button", { name: /^Put together/ })).toBeNull();
  expect(screen.getByText("An author objects")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: /^Undo/ }));
  expect(onUndo).toHaveBeenCalledWith(5);
});

it("lets an auditor read and not decide", async () => {
  await draw({}, false);

  await userEvent.keyboard("ya");

  expect(screen.getByText("A researcher of the study decides on pairs.")).toBeVisible();
  expect(sent).toHaveLength(0);
});
