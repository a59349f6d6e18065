import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { pack } from "./packed";

it("packs what is text and worth it, and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  const script = "const listened = true;\n".repeat(100);
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "assets", "main.js"), script);
  writeFileSync(join(folder, "assets", "tiny.css"), "a{}");
  writeFileSync(join(folder, "assets", "font.woff2"), "x".repeat(5000));

  expect(pack(folder)).toBe(1);

  expect(readdirSync(join(folder, "assets")).sort()).toEqual(["font.woff2", "main.js", "main.js.br", "main.js.gz", "tiny.css"]);
  expect(gunzipSync(readFileSync(join(folder, "assets", "main.js.gz"))).toString()).toBe(script);
  expect(brotliDecompressSync(readFileSync(join(folder, "assets", "main.js.br"))).toString()).toBe(script);
});
