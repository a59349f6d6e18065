/** Puts a gzip and a Brotli file beside each text file of a build; the server sends whichever a browser takes. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(js|css|svg)$/;
/** Below this, a packed file saves less than its header costs. */
const WORTH_IT = 600;

/** Pack the text files in a folder and below it; returns how many. */
export function pack(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => TEXT.test(name));
  const worth = names.map((name) => join(folder, name)).filter((path) => readFileSync(path).length >= WORTH_IT);
  for (const path of worth) {
    const plain = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }));
  }
  return worth.length;
}

/** A Vite plugin that packs what a build wrote. */
export function packed(): Plugin {
  let folder = "";
  return {
    name: "packed",
    apply: "build",
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    closeBundle() {
      pack(folder);
    },
  };
}
