import { describe, expect, it } from "vitest";
import type { LanguageModel } from "../api/types";
import { bytes, parameters, told } from "./language-models";

const FACTS: LanguageModel["facts"] = {
  architecture: null, parameters: null, weight_bytes: null, memory_cuda: null, memory_cpu: null, context_tokens: null,
  licence: null, offers_schema: null, offers_logprobs: null, seconds: null, revision: null,
};
const MODEL: LanguageModel = {
  id: "1", name: "Judge", source: "endpoint", address: "http://localhost:8001/v1", model: "m", checkpoint: null, has_key: false, at_once: 8,
  price_prompt: null, price_completion: null, state: "usable", problems: [], facts: FACTS, job: null, roles: [], created_at: "2026-11-01T00:00:00Z", checked_at: null,
};

describe("what is said of a language model", () => {
  it("names sizes as people do", () => {
    expect([bytes(16_060_000_000), bytes(3_200_000), bytes(512)]).toEqual(["16 GB", "3.2 MB", "0.5 kB"]);
    expect([parameters(8_030_000_000), parameters(1_500_000), parameters(24)]).toEqual(["8.0 billion", "1.5 million", "24"]);
  });

  it("says nothing before the check", () => {
    expect(told(MODEL)).toEqual([]);
  });

  it("says what a server does not offer and what is done instead", () => {
    const found = told({ ...MODEL, facts: { ...FACTS, offers_schema: false, offers_logprobs: true, seconds: 0.42 } });
    expect(found[0]).toContain("asked for again");
    expect(found.slice(1)).toEqual(["Gives log-probabilities.", "8 at once; a short answer took 0.4 s."]);
  });

  it("says what a folder takes, and that it states no licence", () => {
    const found = told({ ...MODEL, source: "folder", facts: { ...FACTS, parameters: 8_030_000_000, weight_bytes: 16_060_000_000, memory_cuda: 17e9, memory_cpu: 33e9, licence: "" } });
    expect(found).toEqual(["8.0 billion parameters, 16 GB of weights.", "Needs about 17 GB on a graphics card, 33 GB without one.", "It states no licence."]);
  });
});
