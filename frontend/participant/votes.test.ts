import { afterEach, beforeEach, expect, it } from "vitest";
import { startVotes } from "./votes";

let answers: string[];
let letGo: (() => void) | undefined;
const key = (name: string, target: Element = document.body): void => {
  target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
};

beforeEach(() => {
  document.body.innerHTML = `
    <form data-vote><button name="answer" value="wiser">Wiser</button><button name="answer" value="not_wiser">Not wiser</button><textarea name="reason"></textarea></form>
    <form data-undo><button name="action" value="undo">Undo</button></form>`;
  answers = [];
  letGo = startVotes();
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      if (!event.defaultPrevented) answers.push(event.submitter?.getAttribute("value") ?? "nothing");
      event.preventDefault();
    });
  }
});
afterEach(() => { letGo?.(); });

it("answers by number and shows the answer at once", () => {
  key("2");

  expect(answers).toEqual(["not_wiser"]);
  expect(document.querySelector('[value="not_wiser"]')).toHaveClass("is-chosen");
});

it("undoes by U, and leaves letters and numbers to a field", () => {
  const reason = document.querySelector("textarea") as HTMLTextAreaElement;
  key("1", reason);
  key("u", reason);
  expect(answers).toEqual([]);

  key("u");
  expect(answers).toEqual(["undo"]);
});

it("ignores a number that is no answer", () => {
  key("5");

  expect(answers).toEqual([]);
});

it("sends one answer, however often a key is pressed", () => {
  key("1");
  key("2");

  expect(answers).toEqual(["wiser"]);
});
