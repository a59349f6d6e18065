import { describe, expect, it } from "vitest";
import { run } from "../testing/runs";
import { withAnswer, withBatch, withChange } from "./live-run";

const loss = (step: number, value: number) => ({ step, name: "loss", value });

describe("a run that is watched", () => {
  it("takes a batch in once, whatever the answer already held", () => {
    const after = withBatch(run(), { run: "r-1", points: [loss(20, 0.5), loss(30, 0.4)], superseded_after: null }, 6);

    expect(after.points).toEqual([loss(10, 0.6), loss(20, 0.5), loss(30, 0.4)]);
    expect(after.seq).toBe(6);
  });

  it("forgets what a resume replaced", () => {
    const after = withBatch(run(), { run: "r-1", points: [loss(11, 0.58)], superseded_after: 10 }, 6);

    expect(after.points).toEqual([loss(10, 0.6), loss(11, 0.58)]);
  });

  it("keeps its points when it moves", () => {
    const change = { run: "r-1", state: "cancelled" as const, message: "Stopped.", step: 21, total_steps: 100, too_long: {}, progress: 0.21 };

    const after = withChange(run(), change, 7);

    expect(after.state).toBe("cancelled");
    expect(after.points).toHaveLength(2);
  });

  it("does not let an older answer take newer points away", () => {
    const live = withBatch(run(), { run: "r-1", points: [loss(30, 0.4)], superseded_after: null }, 9);

    const merged = withAnswer(live, run({ seq: 7, command: "newly read" }));

    expect(merged.points.map(({ step }) => step)).toEqual([10, 20, 30]);
    expect(merged.seq).toBe(9);
    expect(merged.command).toBe("newly read");
  });

  it("believes an answer that is newer, and one about another run", () => {
    expect(withAnswer(run({ seq: 5 }), run({ seq: 6, points: [] })).points).toEqual([]);
    expect(withAnswer(run({ seq: 9 }), run({ id: "r-2", seq: 1, points: [] })).id).toBe("r-2");
    expect(withAnswer(undefined, run()).seq).toBe(5);
  });
});
