import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderStudio } from "@/testing/render";
import { blankJudgement, OVERALL } from "../hooks/judgement";
import { nextItem } from "../testing/items";
import type { NextItem } from "../api/types";
import { JudgementForm } from "./JudgementForm";

async function desk(given: Partial<NextItem> = {}) {
  const acts = { onSubmit: vi.fn(), onChange: vi.fn(), onUndo: vi.fn(), onSetAside: vi.fn(), onHelp: vi.fn() };
  await renderStudio(<JudgementForm desk={{ item: nextItem(given), start: blankJudgement(["7"]) }} {...acts} />, { at: "/studies/tea/x" });
  return acts;
}

const saved = (acts: { onSubmit: ReturnType<typeof vi.fn> }): unknown => acts.onSubmit.mock.calls[0]?.[0].answers;

describe("the annotator's desk", () => {
  it("starts at the heading and takes a whole judgement by keyboard", async () => {
    const acts = await desk();
    expect(document.activeElement).toBe(screen.getByRole("heading", { level: 2 }));

    await userEvent.keyboard("{ArrowDown}{ArrowUp}12{Enter}");
    expect(acts.onSubmit).not.toHaveBeenCalled();
    await userEvent.keyboard("It says how to begin.{Enter}");

    expect(saved(acts)).toEqual({ 7: "left", [OVERALL]: "right" });
    expect(acts.onSubmit.mock.calls[0]?.[0].reason).toBe("It says how to begin.");
  });

  it("does not save before the overall row is answered, and says so", async () => {
    const acts = await desk();

    await userEvent.keyboard("1{Enter}");

    expect(acts.onSubmit).not.toHaveBeenCalled();
    expect(screen.getByText("Answer the overall row to go on.")).toBeTruthy();
  });

  it("shows on the buttons what a key said, and the same by mouse", async () => {
    const acts = await desk();
    const overall = within(screen.getByRole("group", { name: /Overall/ }));

    await userEvent.keyboard("n");
    await userEvent.click(overall.getByRole("button", { name: "Both bad" }));
    expect(overall.getByRole("button", { name: "Both bad" }).getAttribute("aria-pressed")).toBe("true");
    await userEvent.click(screen.getByRole("button", { name: "Save and next" }));

    expect(saved(acts)).toEqual({ 7: "not_applicable", [OVERALL]: "both_bad" });
  });

  it("saves by Enter after the last answer was given by mouse, and says what was answered", async () => {
    const acts = await desk();
    const overall = within(screen.getByRole("group", { name: /Overall/ }));

    await userEvent.keyboard("1");
    await userEvent.click(overall.getByRole("button", { name: "Left" }));
    expect(screen.getByRole("status", { name: "Answered" }).textContent).toBe("Overall: Left.");
    await userEvent.keyboard("{Enter}");

    expect(saved(acts)).toEqual({ 7: "left", [OVERALL]: "left" });
  });

  it("goes back from the reason to the rows without saving", async () => {
    const acts = await desk();

    await userEvent.keyboard("12{Enter}{Escape}1{Enter}");

    expect(saved(acts)).toEqual({ 7: "left", [OVERALL]: "left" });
  });

  it("undoes and explains itself by a key", async () => {
    const acts = await desk();

    await userEvent.keyboard("u?");

    expect(acts.onUndo).toHaveBeenCalledOnce();
    expect(acts.onHelp).toHaveBeenCalledOnce();
  });

  it("takes no answer while the texts are blurred, and shows them by a key", async () => {
    const acts = await desk({ blurred: true });
    expect(screen.getByText("Call them.").getAttribute("aria-hidden")).toBe("true");

    await userEvent.keyboard("11{Enter}");
    expect(acts.onChange).not.toHaveBeenCalled();
    await userEvent.keyboard("v11{Enter}");

    expect(screen.getByText("Call them.").getAttribute("aria-hidden")).toBe("false");
    expect(saved(acts)).toEqual({ 7: "left", [OVERALL]: "left" });
  });

  it("puts a pair aside by a key, also while it is blurred", async () => {
    const acts = await desk({ blurred: true });

    await userEvent.keyboard("x");

    expect(acts.onSetAside).toHaveBeenCalledOnce();
  });

  it("tells of every step, so that a draft can be kept", async () => {
    const acts = await desk();

    await userEvent.keyboard("1");

    expect(acts.onChange.mock.calls[0]?.[1].answers).toEqual({ 7: "left" });
  });
});
