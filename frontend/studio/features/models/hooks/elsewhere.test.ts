import { describe, expect, it } from "vitest";
import { backText, folderText, moment } from "./elsewhere";

const back = { origins: {}, brought_back: "2026-11-21T10:00:00Z", step: 40, device: "NVIDIA H100", command: "" };

describe("a run that was away", () => {
  it("says up to which step another machine trained it, and on what", () => {
    expect(backText({ elsewhere: back, total_steps: 100, state: "cancelled" })).toBe(`Trained up to step 40 of 100 on another machine (NVIDIA H100), and brought back ${moment(back.brought_back)}.`);
  });

  it("says that it came to its end, and that it is being recorded", () => {
    expect(backText({ elsewhere: { ...back, device: "" }, total_steps: 40, state: "queued" })).toBe(`Trained to its end on another machine, and brought back ${moment(back.brought_back)}. A trainer of this installation records it now.`);
  });

  it("says nothing of a run that is still away or never was", () => {
    expect(backText({ elsewhere: { ...back, brought_back: null }, total_steps: 40, state: "cancelled" })).toBe("");
    expect(backText({ elsewhere: null, total_steps: 40, state: "running" })).toBe("");
  });
});

it("names what a folder holds with its size", () => {
  expect(folderText({ files: 9, bytes: 91_300_000, parts: ["config.json", "model", "train.jsonl"] })).toBe("config.json, model, train.jsonl: 9 files, 91 MB.");
});
