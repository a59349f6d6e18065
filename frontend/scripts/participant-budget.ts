/** Fails the build when the participant's JavaScript grows over its budget: phones on slow lines pay for each byte. */
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

interface Piece {
  code: string;
  imports: string[];
  dynamicImports: string[];
  facade: string | null;
}

/** The files that an entry can ever load, itself included. */
export function reachable(pieces: Map<string, Piece>, start: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const piece = pieces.get(name);
    if (!piece || seen.has(name)) continue;
    seen.add(name);
    waiting.push(...piece.imports, ...piece.dynamicImports);
  }
  return seen;
}

/** A Vite plugin that weighs an entry with all it loads, prints the sum and stops the build over `limit` bytes of gzip. */
export function participantBudget(options: { entry: string; limit: number }): Plugin {
  return {
    name: "participant-budget",
    apply: "build",
    generateBundle(_output, bundle) {
      const pieces = new Map<string, Piece>();
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const { code, imports, dynamicImports, facadeModuleId } = file;
        pieces.set(file.fileName, { code, imports, dynamicImports, facade: facadeModuleId });
      }
      const start = [...pieces].find(([, piece]) => piece.facade?.endsWith(options.entry))?.[0];
      if (start === undefined) this.error(`The build has no entry ${options.entry}.`);
      let bytes = 0;
      for (const name of reachable(pieces, start)) bytes += gzipSync(pieces.get(name)?.code ?? "").length;
      const told = `participant JavaScript: ${(bytes / 1000).toFixed(1)} KB gzip of at most ${options.limit / 1000} KB`;
      if (bytes > options.limit) this.error(told);
      console.log(told);
    },
  };
}
