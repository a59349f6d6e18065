import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderStudio } from "@/testing/render";
import type { ObjectionDetail } from "../api/types";
import { ObjectionSides } from "./ObjectionSides";

const lines = [{ attended: "PAUSES", qualifier: "that people need", quote: "I waited." }];
const value = { id: 4, title: "Slow attention", summary: "I slow down.", policies: [{ attended: "HURRY", qualifier: "of others" }], simulated: false, imported: false };

function detail(given: Partial<ObjectionDetail> = {}): ObjectionDetail {
  return {
    objection: { id: 7, at: "2026-03-01T10:00:00Z", state: "open", reason: "Mine is about time.", card_title: "Patient listening", value, simulated: false },
    card: { id: 1, title: "Patient listening", summary: "I wait.", policies: lines },
    members: [{ id: 2, title: "Slow attention", summary: "", policies: [{ ...lines[0] as (typeof lines)[0], quote: "" }] }],
    merged: { by: "robin", reason: "The same.", at: "2026-02-01T10:00:00Z" }, answers: [], ...given,
  };
}

const sent: Request[] = [];
let answers: ObjectionDetail[] = [];

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", (request: Request) => {
    sent.push(request);
    const found = answers.length > 1 ? answers.shift() : answers[0];
    return Promise.resolve(new Response(JSON.stringify(found), { headers: { "Content-Type": "application/json" } }));
  });
});
afterEach(() => { vi.unstubAllGlobals(); });

const decided = detail({
  objection: { ...detail().objection, state: "together" },
  answers: [{ decision: "together", reason: "Read again.", by: "robin", at: "2026-03-02T10:00:00Z", undone_at: null }],
});

it("shows both sides with the words that their authors agreed to show, and what they say", async () => {
  answers = [detail()];
  await renderStudio(<ObjectionSides slug="tea" id={7} writes />);

  expect(await screen.findByText("Mine is about time.")).toBeVisible();
  expect(screen.getByRole("region", { name: "The card of the person" })).toHaveTextContent("I waited.");
  expect(screen.getByRole("region", { name: "What it was put into" })).toHaveTextContent("Slow attention");
  expect(screen.getByText("The same.")).toBeVisible();
});

it("asks for a reason before it decides, and shows what was decided", async () => {
  answers = [detail(), decided];
  await renderStudio(<ObjectionSides slug="tea" id={7} writes />);
  expect(await screen.findByRole("button", { name: "Leave it apart" })).toBeDisabled();

  await userEvent.type(screen.getByLabelText(/Why/), "Read again.");
  await userEvent.click(screen.getByRole("button", { name: "Put it together again" }));

  expect(await screen.findByText("robin put together again")).toBeVisible();
  const post = sent.find(({ method }) => method === "POST");
  expect(await post?.json()).toEqual({ decision: "together", reason: "Read again." });
  expect(screen.queryByRole("button", { name: "Leave it apart" })).toBeNull();
});

it("takes an answer back", async () => {
  answers = [decided, detail()];
  await renderStudio(<ObjectionSides slug="tea" id={7} writes />);

  await userEvent.click(await screen.findByRole("button", { name: "Take the answer back" }));

  expect(await screen.findByRole("button", { name: "Leave it apart" })).toBeVisible();
  expect(sent.map(({ method }) => method)).toContain("DELETE");
});

it("lets an auditor read and not decide", async () => {
  answers = [detail()];
  await renderStudio(<ObjectionSides slug="tea" id={7} writes={false} />);

  expect(await screen.findByText("A researcher of the study answers objections.")).toBeVisible();
  expect(screen.queryByLabelText(/Why/)).toBeNull();
});
