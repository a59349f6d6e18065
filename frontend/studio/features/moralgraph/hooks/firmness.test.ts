import { describe, expect, it } from "vitest";
import type { Firmness } from "../api/types";
import { graphEdge } from "../testing/graphs";
import { changeText, decisiveWinners, falseVotersText, helpfulText, knownOf, smallestText, verdictText, withoutOneText } from "./firmness";

const name = (id: number): string => ["Nobody", "Patience", "Haste"][id] ?? "?";

function firmness(given: Partial<Firmness> = {}): Firmness {
  return { winner: 1, tried: 40, participants: 40, decisive: [], groups: [], false_voters: [], smallest_change: null, helpful: [], ...given };
}

describe("how firm the first place is, in words", () => {
  it("says who would be first if answers had been the other way round", () => {
    const change = { less_wise: 2, wiser: 1, answer: "not_wiser" as const, votes: 3 };

    expect(smallestText(firmness({ smallest_change: { value: 2, count: 3, changes: [change] } }), name)).toBe("If 3 answers had been the other way round, Haste would be first instead of Patience.");
    expect(changeText(change, name)).toBe("3 answers to “from Haste to Patience” would read “not wiser”");
    expect(smallestText(firmness(), name)).toContain("No change of up to 40 votes");
  });

  it("says what the absence of one participant does", () => {
    const decisive = [{ votes: 4, winner: 2 }, { votes: 3, winner: 2 }, { votes: 2, winner: null }];

    expect(withoutOneText(firmness(), name)).toBe("Each of 40 participants was left out in turn: Patience stays first every time.");
    expect(withoutOneText(firmness({ decisive }), name)).toContain("without any one of 3 of them another value is first");
    expect(decisiveWinners(firmness({ decisive }))).toEqual([[2, 2], [null, 1]]);
  });

  it("says how few false voters are enough", () => {
    expect(falseVotersText(firmness({ false_voters: [{ value: 2, count: 1, changes: [] }] }), name)).toBe("One made-up voter with three votes would be enough to bring Haste to the first place.");
  });

  it("is no surer than its weakest part", () => {
    expect(verdictText(firmness(), name)).toBe("Patience holds the first place against everything that was tried here.");
    const weak = firmness({ decisive: [{ votes: 4, winner: 2 }], smallest_change: { value: 2, count: 2, changes: [] } });
    expect(verdictText(weak, name)).toBe("Patience is first, but not firmly: the absence of one participant, or 2 changed answers would change it.");
    expect(verdictText(firmness({ winner: null }), name)).toBe("Nobody has voted here yet.");
  });
});

describe("what to ask next", () => {
  it("says which step, and what its next vote is worth", () => {
    const found = firmness({ helpful: [{ less_wise: 2, wiser: 1, worth: 0.034 }] });
    expect(helpfulText(found, name)).toBe("Ask first whether going from Haste to Patience makes a person wiser: the next vote on it takes 3.4 % off what is unsure about the first place.");
  });

  it("gives what is known of a step with n and interval, whichever way the edge points", () => {
    // Wilson's interval of 7 in 10 is [0.397, 0.892].
    const known = knownOf([graphEdge({ less_wise: 2, wiser: 1, n: 10, likelihood: 0.7 })], 2, 1);
    expect(known).toMatchObject({ n: 10, likelihood: 0.7 });
    expect(known.low).toBeCloseTo(0.397, 3);
    expect(known.high).toBeCloseTo(0.892, 3);
    expect(knownOf([graphEdge({ less_wise: 2, wiser: 1, n: 10, likelihood: 0.7 })], 1, 2).likelihood).toBeCloseTo(0.3);
    expect(knownOf([], 1, 2)).toEqual({ n: 0 });
  });
});
