import { describe, expect, it } from "vitest";
import { arbitrarySentence, discrepancySentence, placeSentence, recordedSentence } from "./standing";

const RATE = { value: 0.25, low: 0.1, high: 0.4, n: 40 };
const STANDING = {
  pairs: 60,
  principles: 3,
  coverage: RATE,
  agreement: RATE,
  arbitrariness: RATE,
  of_people: { ...RATE, value: 0.5 },
  of_longer: RATE,
  of_coin: RATE,
  more_arbitrary: { value: -0.25, low: -0.4, high: -0.1, n: 40, groups: 30, noticeable: 0.2, detected: true },
  discrepancy: { value: 0.2, low: 0.1, high: 0.4, n: 12, mean: 0.25, sd: 0.1, floor: 0.15, floor_p95: 0.3 },
  in_ones_place: {
    people: 3,
    person: { ...RATE, value: 0.75, n: 120 },
    checkpoint: { ...RATE, value: 0.5, n: 120 },
    gap: { value: -0.25, low: -0.4, high: -0.1, n: 120, groups: 30, noticeable: 0.2, detected: true },
  },
  within_floor: true,
};

describe("how a checkpoint stands beside people", () => {
  it("says who is more arbitrary, or what would have been noticed", () => {
    expect(arbitrarySentence(STANDING)).toContain("in 25 % of 40 pairs, people together in 50 % of 40: it is less arbitrary than they are, by 25.0 points");
    expect(arbitrarySentence({ ...STANDING, more_arbitrary: { ...STANDING.more_arbitrary, detected: false } })).toContain("not detectable at this n");
    expect(arbitrarySentence({ ...STANDING, arbitrariness: { ...RATE, value: null } })).toContain("On none of the 60 pairs");
  });

  it("says whether the rule reads these figures or older ones", () => {
    expect(recordedSentence("21 November 2026", true)).toBe("The rule and the model card read these figures, recorded on 21 November 2026.");
    expect(recordedSentence("21 November 2026", false)).toContain("people have judged since");
    expect(recordedSentence("", false)).toContain("read none of this audit");
  });

  it("tells a distance of priorities from the people's own noise", () => {
    expect(discrepancySentence(STANDING)).toContain("cannot be told from no difference");
    expect(discrepancySentence({ ...STANDING, within_floor: false })).toContain("more than their own noise");
    expect(discrepancySentence({ ...STANDING, discrepancy: { ...STANDING.discrepancy, value: null } })).toContain("Too few principles clash");
  });

  it("puts it in the place of each person, beside the others", () => {
    const place = STANDING.in_ones_place;
    expect(placeSentence(place)).toContain("one of 3 people it says what the others say in 50 % of 120 judgements, that person in 75 %: less often than they do, by 25.0 points");
    expect(placeSentence({ ...place, gap: { ...place.gap, detected: false } })).toContain("not detectable at this n");
    expect(placeSentence({ ...place, people: 0 })).toContain("it takes two who judged the same pairs");
  });
});
