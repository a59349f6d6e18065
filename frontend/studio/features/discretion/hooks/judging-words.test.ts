import { describe, expect, it } from "vitest";
import type { Forecast, Judging } from "../api/types";
import { foreseen, hasMore, how } from "./judging-words";

const CONFIG: Judging["config"] = {
  prompt: "principle-v1-letter", style: "letter", orders: "both", temperature: 0, model: "Judge", host: "", reference: null, beta: null, limit: null, principles: [1, 2], words: "", not_promoted: "",
};
const JUDGING: Judging = {
  method: "judge", config: CONFIG, state: "running", message: "", job: "1", asked: 3, to_ask: 8, unparsable: 0, order_decided: 1, asked_again: 0, prompt_tokens: 0, completion_tokens: 0,
};
const FORECAST: Forecast = {
  comparisons: 100, requests: 400, prompt_tokens: 200_000, completion_tokens: 800, minutes: 6.2, cost: 0.508, basis: "measured", n: 40, temperature: 0, model: "Judge", host: "models.example.org",
};

describe("what is said of an algorithm", () => {
  it("says how a language model is asked", () => {
    expect(how(JUDGING)).toBe("Judge, by 2 principles, both orders, temperature 0.0, principle-v1-letter");
  });

  it("says what an implicit reward is against", () => {
    const config = { ...CONFIG, model: "Trained", reference: "Base", beta: 0.1 };
    expect(how({ ...JUDGING, method: "implicit_reward", config })).toBe("Trained against Base, beta 0.10");
  });
});

describe("what a judge would take", () => {
  it("is said with its price, where the pairs go, and what it rests on", () => {
    const said = foreseen(FORECAST);
    expect(said[0]).toContain("400 requests about 100 pairs, about 7 minutes, at temperature 0.0");
    expect(said[1]).toContain("0.51 at the price");
    expect(said.slice(2)).toEqual(["The pairs are sent to models.example.org.", "Measured on 40 earlier answers of this model here."]);
  });

  it("says that no price is known, and that nothing leaves the machine", () => {
    const said = foreseen({ ...FORECAST, cost: null, host: "", basis: "assumed", minutes: 0.2 });
    expect(said[0]).toContain("under a minute");
    expect(said[1]).toContain("no price is known");
    expect(said[2]).toBe("The pairs stay on this machine.");
  });
});

describe("what is left to judge", () => {
  it("is what was paused, and pairs that came in since", () => {
    const done = { ...JUDGING, state: "succeeded" as const, asked: 8, to_ask: 8 };
    expect(hasMore({ ...done, state: "cancelled" }, 2)).toBe(true);
    expect(hasMore({ ...done, state: "running", asked: 3 }, 2)).toBe(false);
    expect(hasMore(done, 2)).toBe(false);
    expect(hasMore(done, 3)).toBe(true);
    expect(hasMore({ ...done, config: { ...CONFIG, limit: 2 } }, 3)).toBe(false);
  });
});
