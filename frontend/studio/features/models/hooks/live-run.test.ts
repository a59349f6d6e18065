import { describe, expect, it } from "vitest";
import { run } from "../testing/runs";
import { withAnswer, withBatch, withChange, withEvent } from "./live-run";

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
    const change = { run: "r-1", state: "cancelled" as const, message: "Stopped.", step: 21, total_steps: 100, too_long: {}, progress: 0.21, away_since: null, stopping: false };

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

  it("counts what it does not draw", () => {
    const batch = Array.from({ length: 3000 }, (_, index) => loss(21 + index, 0.4));

    const after = withBatch(run(), { run: "r-1", points: batch, superseded_after: null }, 6);

    expect(after.counts).toEqual({ loss: 3002 });
    expect(after.points.length).toBeLessThanOrEqual(1000);
    expect([after.points[0], after.points.at(-1)]).toEqual([loss(10, 0.6), loss(3020, 0.4)]);
  });

  it("hears an alert once, and that it is over", () => {
    const alert = { id: 3, kind: "stall" as const, step: 20, message: "Nothing was heard.", lines: [], settings: {}, raised_at: "2026-11-20T10:00:00Z", ended_at: null };

    const raised = withEvent(run(), { run: "r-1", alert }, 6);
    const again = withEvent(raised, { run: "r-1", alert }, 6);
    const over = withEvent(again, { run: "r-1", alert: { ...alert, ended_at: "2026-11-20T10:05:00Z" } }, 7);

    expect(again).toBe(raised);
    expect(raised.alerts).toEqual([alert]);
    expect(over.alerts.map(({ ended_at }) => ended_at)).toEqual(["2026-11-20T10:05:00Z"]);
  });

  it("is whole after five reloads, a long silence and a server that started again, whatever is sent twice", () => {
    const all = Array.from({ length: 60 }, (_, index) => ({ seq: index + 1, data: { run: "r-1", points: [loss(index + 1, 1 / (index + 1))], superseded_after: null } }));
    let held = run({ seq: 0, points: [], counts: {} });
    for (const seen of [5, 9, 14, 20, 27]) {
      // A reload: the server answers with what is there, and the line goes on from the number of that answer.
      held = withAnswer(undefined, run({ seq: seen, points: all.slice(0, seen).map(({ data }) => data.points[0] as ReturnType<typeof loss>), counts: { loss: seen } }));
      for (const { seq, data } of all.slice(seen - 3, seen + 4)) held = withEvent(held, data, seq);
    }
    // After the silence everything that was missed comes at once; the new server sends some of it again.
    for (const { seq, data } of [...all.slice(held.seq), ...all.slice(40)]) held = withEvent(held, data, seq);

    expect(held.points.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(held.counts).toEqual({ loss: 60 });
  });
});
