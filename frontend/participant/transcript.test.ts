import { expect, it } from "vitest";
import { Transcript } from "./transcript";

const frame = (offset: number, text: string, attempt = 1) => ({ position: 1, attempt, offset, text });

it("grows a reply piece by piece and ignores what it has", () => {
  const transcript = new Transcript();

  expect(transcript.add(frame(0, "What did "))).toBe("grown");
  expect(transcript.add(frame(0, "What did "))).toBe("known");
  expect(transcript.add(frame(5, "did you notice"))).toBe("grown");
  expect(transcript.at(1)?.text).toBe("What did you notice");
  expect(transcript.replying).toBe(true);
});

it("says from where a piece is missing and does not jump over the hole", () => {
  const transcript = new Transcript();
  transcript.add(frame(0, "What "));

  expect(transcript.add(frame(9, "you"))).toEqual({ missingFrom: 5 });
  expect(transcript.at(1)?.text).toBe("What ");
});

it("counts characters as the server does, also outside the basic plane", () => {
  const transcript = new Transcript();
  transcript.add(frame(0, "🙂🙂 and"));

  expect(transcript.add(frame(2, " and"))).toBe("known");
  expect(transcript.add(frame(6, " then"))).toBe("grown");
  expect(transcript.at(1)?.text).toBe("🙂🙂 and then");
});

it("lets a new attempt replace the old one, and never the other way round", () => {
  const transcript = new Transcript();
  transcript.add(frame(0, "An old begin"));
  transcript.add(frame(0, "A new", 2));

  expect(transcript.add(frame(12, "ning", 1))).toBe("known");
  expect(transcript.at(1)).toMatchObject({ text: "A new", attempt: 2 });
});

it("takes the finished text as the truth and is deaf to later pieces", () => {
  const transcript = new Transcript();
  transcript.add(frame(0, "What di"));
  transcript.finish({ position: 1, text: "What did you notice?" });

  expect(transcript.add(frame(7, "XX"))).toBe("known");
  expect(transcript.at(1)).toMatchObject({ text: "What did you notice?", state: "complete" });
  expect(transcript.replying).toBe(false);
});

it("keeps turns in the order in which they were said", () => {
  const transcript = new Transcript();
  transcript.finish({ position: 3, text: "third" });
  transcript.put({ position: 2, speaker: "person", text: "second", state: "complete", attempt: 1 });

  expect(transcript.turns.map(({ text }) => text)).toEqual(["second", "third"]);
});
