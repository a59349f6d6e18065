import { expect, it } from "vitest";
import { namesModel, providerSentence } from "./provider";

const there = { name: "big-model", host: "api.example.org" };

it("names the model and who runs it, in each language", () => {
  for (const language of ["en", "es", "ar"] as const) {
    const sentence = providerSentence(there, language);

    expect(sentence).toContain("api.example.org");
    expect(namesModel(sentence, there)).toBe(true);
  }
});

it("says that a model on this machine is here", () => {
  expect(providerSentence({ name: "small", host: "localhost" }, "en")).toContain("this study’s own computer");
});

it("notices a text that names no model", () => {
  expect(namesModel("The researchers may read along.", there)).toBe(false);
});
