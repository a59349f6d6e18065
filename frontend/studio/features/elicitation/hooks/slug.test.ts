import { expect, it } from "vitest";
import { slugOf } from "./slug";

it.each([
  ["What tea is for?", "what-tea-is-for"],
  ["  Años: ¿qué importa?  ", "anos-que-importa"],
  ["قيم", ""],
  ["x".repeat(80), "x".repeat(60)],
])("%s becomes %s", (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});
