import { describe, expect, it } from "vitest";
import { graphSearch } from "../api/graph";
import { graph, graphEdge } from "../testing/graphs";
import { choiceOf, filtersOf, filterText, hides, shownGraph } from "./asking";

describe("what the address asks of the graph", () => {
  it("reads context, people and rule, and says them to the server in one order", () => {
    const choice = choiceOf({ context: 3, by: "age", group: "from_30", question: "advice", rule: "mge-2023", wiser_at_least: 4 });

    expect(choice).toEqual({ context: "3", by: "age", group: "from_30", question: "advice", rule: "mge-2023", cuts: { wiser_at_least: "4" } });
    expect(graphSearch(choice).toString()).toBe("by=age&context=3&group=from_30&question=advice&rule=mge-2023&wiser_at_least=4");
  });

  it("leaves out what chooses nobody, and cuts that the rule does not know", () => {
    expect(choiceOf({ by: "age", wiser_at_least: 4 })).toEqual({ rule: "touchstone" });
    expect(choiceOf({ rule: "mge-2023", entropy_at_most: "much" })).toEqual({ rule: "mge-2023" });
  });

  it("weighs groups by our own rule alone", () => {
    expect(choiceOf({ balance: "age=old:70,young:30" })).toEqual({ rule: "touchstone", balance: "age=old:70,young:30" });
    expect(choiceOf({ balance: "age", rule: "mge-2023" })).toEqual({ rule: "mge-2023" });
  });

  it("shows the steps that the filters leave and says how many", () => {
    const few = graphEdge({ n: 2, likelihood: 1, counts: { wiser: 2, not_wiser: 0, unsure: 0, same: 0, not_about: 0 } });
    const torn = graphEdge({ less_wise: 3, n: 10, likelihood: 0.5, counts: { wiser: 4, not_wiser: 4, unsure: 2, same: 0, not_about: 0 } });
    const whole = graph({ edges: [few, torn] });
    const shown = (search: Record<string, string | number>) => shownGraph(whole, filtersOf(search)).edges;

    expect(shown({})).toEqual([few, torn]);
    expect(shown({ min_votes: 3 })).toEqual([torn]);
    expect(shown({ min_share: 60 })).toEqual([few]);
    expect(shown({ answer: "unsure" })).toEqual([torn]);
    expect(shown({ answer: "unsure", min_votes: 3 })).toEqual([]);
    expect(hides(filtersOf({}))).toBe(false);
    expect(filterText(whole, shownGraph(whole, filtersOf({ min_votes: 3 })), filtersOf({ min_votes: 3 }))).toContain("1 of 2 steps");
  });

  it("takes no nonsense from an address", () => {
    expect(filtersOf({ answer: "maybe", min_votes: -3, min_share: 400 })).toEqual({ answer: "", minVotes: 1, minShare: 0 });
  });
});
