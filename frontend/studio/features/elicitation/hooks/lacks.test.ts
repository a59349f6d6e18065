import { expect, it } from "vitest";
import { fieldId, lacksOf, placeWord } from "./lacks";

it("names one missing thing for each language that lacks a text", () => {
  const lacks = lacksOf({ help_contact: ["Say whom people can ask for help."], "questions.question_1.title": ["The text is missing in “es”.", "The text is missing in “ar”."] });

  expect(lacks.map(({ place, language }) => [place, language])).toEqual([
    ["help_contact", undefined], ["questions.question_1.title", "es"], ["questions.question_1.title", "ar"],
  ]);
});

it("says where it stands in the words of the page", () => {
  expect(placeWord("questions.question_2.title")).toBe("Question, 2, in a few words");
  expect(placeWord("retention_until")).toBe("Until when");
});

it("gives each field of each language an id of its own", () => {
  expect(fieldId("about.item_1.answer_2", "ar")).toBe("field-about-item_1-answer_2-ar");
});
