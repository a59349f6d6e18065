/** Starts the studio. */
import "@/styles/layers.css";
import "@fontsource-variable/literata/wght.css";
import "@fontsource-variable/literata/wght-italic.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "@/styles/tokens.css";
import "@/styles/base.css";
import "@mantine/core/styles.layer.css";
import "@/styles/card.css";
import "@/styles/studio.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { shareStyleNonce, styleNonce } from "./lib/nonce";
import { applyThemeChoice, readThemeChoice } from "./lib/theme-choice";
import { queries, router } from "./router";
import { resolveVariables, theme } from "./theme";

shareStyleNonce();
const choice = readThemeChoice();
applyThemeChoice(choice);

const root = document.getElementById("root");
if (!root) throw new Error("The page has no element #root for the studio.");

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme={choice === "system" ? "auto" : choice}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
