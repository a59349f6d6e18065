import { afterEach, describe, expect, it } from "vitest";
import { findAll, type Mark, segmentsOf, selectedIn, sentencesOf, wordsOf } from "./passages";

const mark = (start: number, end: number, id = "1"): Mark => ({ start, end, id, kind: "quote" });

describe("a text with marks", () => {
  it("is cut where marks begin and end, and nothing is lost", () => {
    const pieces = segmentsOf("I listen and wait.", [mark(2, 12, "a"), mark(9, 17, "b")]);

    expect(pieces.map(({ text, marks }) => [text, marks.map(({ id }) => id).join("")])).toEqual([
      ["I ", ""], ["listen ", "a"], ["and", "ab"], [" wait", "b"], [".", ""],
    ]);
  });

  it("counts a letter outside the basic plane once, as the server does", () => {
    const text = "😀 ok";

    expect(segmentsOf(text, [mark(2, 4)]).map(({ text: piece }) => piece)).toEqual(["😀 ", "ok"]);
    expect(wordsOf(text, { start: 0, end: 1 })).toBe("😀");
  });

  it("leaves out a mark beyond its end", () => {
    expect(segmentsOf("Yes.", [mark(40, 50)])).toMatchObject([{ text: "Yes.", marks: [] }]);
  });
});

describe("finding", () => {
  it("finds every place in any case", () => {
    expect(findAll("Tea, tea and TEA", "tea")).toEqual([{ start: 0, end: 3 }, { start: 5, end: 8 }, { start: 13, end: 16 }]);
  });

  it("finds nothing for nothing", () => {
    expect(findAll("Tea", "  ")).toEqual([]);
  });
});

describe("sentences", () => {
  it("stand without the spaces around them", () => {
    const text = "She called.  I listened for long.";

    expect(sentencesOf(text, "en").map((part) => wordsOf(text, part))).toEqual(["She called.", "I listened for long."]);
  });

  it("are told apart in Arabic as well", () => {
    expect(sentencesOf("هل سمعت؟ نعم سمعت.", "ar")).toHaveLength(2);
  });
});

describe("a selection", () => {
  afterEach(() => { document.body.replaceChildren(); });

  function select(from: Node, start: number, to: Node, end: number): Selection | null {
    const range = document.createRange();
    range.setStart(from, start);
    range.setEnd(to, end);
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    return selection;
  }

  it("is a stretch of the whole text, across pieces and without spaces at its ends", () => {
    const element = document.createElement("p");
    element.innerHTML = "She <mark>went quiet</mark> then.";
    document.body.append(element);
    const [first, marked] = element.childNodes;

    expect(selectedIn(element, select(first as Node, 3, marked?.firstChild as Node, 4))).toEqual({ start: 4, end: 8 });
  });

  it("is none where it lies elsewhere", () => {
    const [one, other] = [document.createElement("p"), document.createElement("p")];
    one.textContent = "Here";
    other.textContent = "There";
    document.body.append(one, other);

    expect(selectedIn(one, select(other.firstChild as Node, 0, other.firstChild as Node, 3))).toBeUndefined();
  });
});
