import { expect, it } from "vitest";
import type { RunAlert } from "../api/types";
import { isSaidByAlert, lasting, lineOf, placeInLog } from "./alerts";

const alert = (given: Partial<RunAlert>): RunAlert => ({ id: 1, kind: "disk", step: 9, message: "The disk is full: make room.", lines: ["step 9 of 20: loss 0.5"], raised_at: "2026-11-20T10:06:00Z", ended_at: null, settings: {}, ...given });

it("tells what lasts from what is over", () => {
  expect(lasting({ alerts: [alert({ id: 2 }), alert({ ended_at: "2026-11-20T10:07:00Z" })] }).map(({ id }) => id)).toEqual([2]);
});

it("opens the log at what the trainer said itself, and otherwise at the last line that there was", () => {
  expect(placeInLog(alert({}))).toBe("The disk is full: make room.");
  expect(placeInLog(alert({ kind: "stall", message: "Nothing was heard." }))).toBe("step 9 of 20: loss 0.5");
  expect(placeInLog(alert({ kind: "failure", lines: [] }))).toBe("");
});

it("does not say a sentence twice, though the shorter one is cut", () => {
  expect(isSaidByAlert({ message: "The disk is full", alerts: [alert({})] })).toBe(true);
  expect(isSaidByAlert({ message: "", alerts: [alert({})] })).toBe(false);
  expect(isSaidByAlert({ message: "The disk is full", alerts: [alert({ ended_at: "2026-11-20T10:07:00Z" })] })).toBe(false);
});

it("finds the last line that holds some words", () => {
  const text = "10:00 loss 0.5\n10:01 loss 0.5 again\n10:02 done";

  expect(lineOf(text, "loss 0.5")).toEqual({ from: 15, to: 35 });
  expect(lineOf(text, "done")).toEqual({ from: 36, to: 46 });
  expect(lineOf(text, "nothing")).toBeNull();
  expect(lineOf(text, "")).toBeNull();
});
