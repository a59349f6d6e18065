import { describe, expect, it } from "vitest";
import { graph, graphEdge, graphNode } from "../testing/graphs";
import { edgeLook, edgeLooks, haloOf, isMixed, nodeLooks, wrapped } from "./looks";

describe("how values and steps look", () => {
  it("makes the wiser larger, and gives the unsure a wider halo", () => {
    const looks = nodeLooks([graphNode({ id: 1, score: 1, low: 0.9, high: 1.1 }), graphNode({ id: 2, score: -1, low: -3, high: 1 })], 1200);
    const [one, two] = [looks.get(1), looks.get(2)];

    expect(one?.radius).toBe(18);
    expect(two?.radius).toBe(7);
    expect(one?.halo).toBeLessThan(two?.halo ?? 0);
  });

  it("draws sixty values small on a phone and large on a desk", () => {
    const nodes = Array.from({ length: 60 }, (_, at) => graphNode({ id: at + 1, score: at }));

    expect(nodeLooks(nodes, 1200).get(60)?.radius).toBe(18);
    expect(nodeLooks(nodes, 340).get(60)?.radius).toBe(8);
  });

  it("marks what is from elsewhere where some values are not", () => {
    const [here, elsewhere] = [graphNode({ id: 1, imported: false }), graphNode({ id: 2, imported: true })];

    expect(isMixed(graph({ nodes: [here, elsewhere] }))).toBe(true);
    expect(isMixed(graph({ nodes: [elsewhere] }))).toBe(false);
  });

  it("gives no halo where nothing is known of how sure a score is", () => {
    expect(haloOf({ low: null, high: null }, 2, false)).toBe(0);
  });

  it("makes a step with more votes wider and stronger", () => {
    const [weak, strong] = [edgeLook(1, 16, 20), edgeLook(16, 16, 20)];

    expect(weak.width).toBeCloseTo(0.8 + 4.2 / 4);
    expect(strong).toEqual({ width: 5, opacity: 0.95 });
    expect(weak.opacity).toBeLessThan(strong.opacity);
  });

  it("makes each step fainter where there are very many", () => {
    expect(edgeLook(4, 4, 5000).opacity).toBeLessThan(edgeLook(4, 4, 300).opacity);
    expect(edgeLook(4, 4, 5000).opacity).toBeGreaterThan(0.1);
  });

  it("measures evidence by the answer that is asked for", () => {
    const torn = graphEdge({ counts: { wiser: 1, not_wiser: 0, unsure: 9, same: 0, not_about: 0 }, n: 10 });
    const sure = graphEdge({ less_wise: 3, counts: { wiser: 12, not_wiser: 0, unsure: 0, same: 0, not_about: 0 }, n: 12 });

    expect(edgeLooks(graph({ edges: [torn, sure] }), "unsure").map(([edge]) => edge)).toEqual([torn]);
  });

  it("cuts long names into lines", () => {
    expect(wrapped("Listening before any advice is given")).toEqual(["Listening before", "any advice is", "given"]);
  });
});
