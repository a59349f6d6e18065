import { expect, it } from "vitest";
import type { AnnotatorList } from "../api/types";
import { moved } from "./live-annotators";

const LIST = { seq: 4, annotators: [{ id: 7, judging: { asked: 1, to_ask: 8, unparsable: 0, order_decided: 0 } }, { id: 8, judging: null }] } as unknown as AnnotatorList;

it("writes how far an algorithm is into its row alone", () => {
  const after = moved(LIST, { annotator: 7, asked: 3, to_ask: 8, unparsable: 1, order_decided: 0 }, 5);
  expect(after.seq).toBe(5);
  expect(after.annotators[0]?.judging).toMatchObject({ asked: 3, unparsable: 1 });
  expect(after.annotators[1]).toBe(LIST.annotators[1]);
});

it("passes over what the list holds already", () => {
  expect(moved(LIST, { annotator: 7, asked: 0, to_ask: 8, unparsable: 0, order_decided: 0 }, 4)).toBe(LIST);
});
