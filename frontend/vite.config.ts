/** One build, two entries: the participant's small script and the staff's studio. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { packed } from "./scripts/packed.ts";
import { participantBudget } from "./scripts/participant-budget.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// A page and fresh modules for every file of tests take longer than the tests: each has them where it needs them.
const PAGES = ["**/*.test.tsx", "**/{request,socket,outbox,passages}.test.ts"];
const PARTICIPANT = ["participant/**/*.test.ts"];
const page = { environment: "jsdom", setupFiles: [here("testing/setup.ts")] };
const ELSEWHERE = ["node_modules", "dist"];

export default defineConfig({
  root: here("."),
  base: "/static/",
  resolve: { alias: { "@": here(".") } },
  plugins: [react(), participantBudget({ entry: "participant/main.ts", limit: 40_000 }), packed()],
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // Phones two or three years old have no light-dark() yet: it is compiled away for them.
    cssTarget: ["chrome111", "firefox114", "safari16.4"],
    // Plotly is 1.1 MB and loads only where a figure is drawn.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: [here("participant/main.ts"), here("studio/main.tsx")],
      // A screen of the studio should not wait for thirty small files of the libraries that every screen needs. Their style stays
      // where it is imported: before `layers.css` it would put its own layer below that of the page.
      output: { codeSplitting: { groups: [{ name: "libraries", test: /node_modules[\\/](@mantine|@floating-ui|@tanstack|react|react-dom|scheduler|clsx|use-|react-)(?!.*\.css)/ }] } },
    },
  },
  server: { port: 5173, strictPort: true, origin: "http://localhost:5173" },
  test: {
    restoreMocks: true,
    testTimeout: 20_000, // a busy machine is slow, not wrong
    projects: [
      // What is worked out without a page.
      { extends: true, test: { name: "rules", isolate: false, include: ["**/*.test.ts"], exclude: [...ELSEWHERE, ...PAGES, ...PARTICIPANT] } },
      // The studio's parts: each test draws and takes away its own.
      { extends: true, test: { ...page, name: "studio", isolate: false, include: PAGES, exclude: ELSEWHERE } },
      // The participant's script acts on the whole document, and once.
      { extends: true, test: { ...page, name: "participant", include: PARTICIPANT, exclude: ELSEWHERE } },
    ],
  },
});
