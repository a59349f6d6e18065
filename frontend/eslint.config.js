/** Rules that a type checker cannot hold: no any, named exports, no cycles, features apart from each other. */
import { fileURLToPath } from "node:url";
import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = ["elicitation", "moralgraph", "discretion", "models"];

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/generated"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "import-x": importX, "react-hooks": reactHooks },
    settings: {
      "import-x/resolver-next": [importX.createNodeResolver({
        extensions: [".ts", ".tsx", ".js"],
        tsconfig: { configFile: fileURLToPath(import.meta.resolve("./tsconfig.json")) },
      })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "@typescript-eslint/no-explicit-any": "error",
      "import-x/no-default-export": "error",
      "import-x/no-cycle": "error",
      "no-console": ["error", { allow: ["error"] }],
    },
  },
  {
    files: ["lib/**", "participant/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex: "^(react|@mantine|@tanstack)", message: "Shared and participant code stays free of the studio's libraries." }] }],
    },
  },
  ...features.map((feature) => ({
    files: [`studio/features/${feature}/**`],
    rules: {
      "no-restricted-imports": ["error", {
        patterns: [{
          regex: `features/(?!${feature}(/|$))`,
          message: "Features do not import each other: move what they share to components/ or lib/.",
        }],
      }],
    },
  })),
  { files: ["studio/{components,shell}/**"], rules: { "no-restricted-imports": ["error", { patterns: [{ regex: "/features/", message: "Shared parts know no feature." }] }] } },
  { files: ["*.config.{ts,js}", "scripts/**", "**/*.d.ts"], rules: { "import-x/no-default-export": "off", "no-console": "off" } },
);
