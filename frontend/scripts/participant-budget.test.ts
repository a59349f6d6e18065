import { expect, it } from "vitest";
import { reachable } from "./participant-budget";

it("weighs what an entry loads now or later, once each, and nothing else", () => {
  const piece = (imports: string[], dynamicImports: string[] = []) => ({ code: "", imports, dynamicImports, facade: null });
  const pieces = new Map([
    ["main.js", piece(["shared.js"], ["late.js"])],
    ["shared.js", piece(["main.js"])],
    ["late.js", piece(["shared.js"])],
    ["studio.js", piece(["shared.js"])],
  ]);

  expect([...reachable(pieces, "main.js")].sort()).toEqual(["late.js", "main.js", "shared.js"]);
});
