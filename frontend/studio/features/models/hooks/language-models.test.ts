import { describe, expect, it } from "vitest";
import type { LanguageModel, ModelRole } from "../api/types";
import { howOf, parameters, told } from "./language-models";

const FACTS: LanguageModel["facts"] = {
  architecture: null, parameters: null, weight_bytes: null, memory_cuda: null, memory_cpu: null, context_tokens: null,
  licence: null, offers_schema: null, offers_logprobs: null, obeys_temperature: true, refuses_long: null, seconds: null, revision: null, base: null,
};
const MODEL: LanguageModel = {
  id: "1", name: "Judge", source: "endpoint", address: "http://localhost:8001/v1", model: "m", checkpoint: null, has_key: false, at_once: 8,
  price_prompt: null, price_completion: null, state: "usable", problems: [], facts: FACTS, job: null, roles: [], created_at: "2026-11-01T00:00:00Z", checked_at: null, served: null,
};

describe("what is said of a language model", () => {
  it("names sizes as people do", () => {
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

  it("says that a server does not heed the temperature, and what it reads at once", () => {
    const found = told({ ...MODEL, facts: { ...FACTS, offers_schema: true, offers_logprobs: true, obeys_temperature: false, context_tokens: 4096, seconds: 1 } });
    expect(found.slice(2, 4)).toEqual(["Does not heed the temperature: it always says the likeliest, as at temperature 0.", "Reads 4,096 tokens at once: in a long interview it is not shown the middle."]);
  });

  it("says that more than a server reads is not sent where it would end of it, and what could not be told", () => {
    const found = told({ ...MODEL, facts: { ...FACTS, offers_schema: true, obeys_temperature: null, refuses_long: false, context_tokens: 4096, seconds: 1 } });
    expect(found[2]).toContain("could not be told");
    expect(found[4]).toContain("no more is sent");
  });

  it("says how a piece of work is done", () => {
    const row: ModelRole = { role: "interview", said_by: "study", name: "m", host: "h", language_model: "1", temperature: 0.4, max_tokens: 300, words: "Be brief.", not_promoted: "", context_tokens: 2048, fixed_temperature: false, checkpoint: null };
    expect(howOf(row)).toEqual(["Temperature 0.40.", "300 tokens an answer at most.", "With words of your own: “Be brief.”", "Reads 2,048 tokens at once: in a long interview it is not shown the middle."]);
    expect(howOf({ ...row, temperature: 0, fixed_temperature: true, max_tokens: null, words: "", role: "judging", said_by: "environment" })).toEqual(["Temperature 0.00, whatever is asked: its server heeds no other."]);
  });

  it("says what a folder takes, and that it states no licence", () => {
    const found = told({ ...MODEL, source: "folder", facts: { ...FACTS, parameters: 8_030_000_000, weight_bytes: 16_060_000_000, memory_cuda: 17e9, memory_cpu: 33e9, licence: "" } });
    expect(found).toEqual(["8.0 billion parameters, 16 GB of weights.", "Needs about 17 GB on a graphics card, 33 GB without one.", "It states no licence."]);
  });
});
