/** Mantine in the clothes of our tokens: one set of names for both front ends. */
import {
  Button,
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  Drawer,
  type MantineColorsTuple,
  Modal,
  Tooltip,
  type VariantColorsResolver,
} from "@mantine/core";

const lamp: MantineColorsTuple = [
  "#eaf3ee", "#d5e6dd", "#b3e2cf", "#8fd0b6", "#5aa98c", "#37866b", "#266b55", "#1b5647", "#164a3d", "#123f34",
];

const stone: MantineColorsTuple = [
  "#fffdf8", "#f7f2e8", "#efe8da", "#e0d7c6", "#b8ac98", "#85796a", "#6c6254", "#574e43", "#3b352c", "#26211b",
];

const soot: MantineColorsTuple = [
  "#eee7da", "#c3b8a6", "#a39887", "#8d8271", "#4a4338", "#3b352c", "#2a251f", "#221e19", "#1a1713", "#141210",
];

/** A filled control is the accent with the words that stand on it, in both lights. */
const resolveColours: VariantColorsResolver = (input) => {
  const isPrimary = input.color === undefined || input.color === input.theme.primaryColor;
  if (input.variant !== "filled" || !isPrimary) return defaultVariantColorsResolver(input);
  return { background: "var(--accent)", hover: "var(--accent-strong)", color: "var(--accent-on)", border: "1px solid transparent" };
};

/** The head of a dialog is a `header`, which would be a second banner of the page. */
const DIALOG = { header: { role: "presentation" } };

/** What every Mantine component starts from. */
export const theme = createTheme({
  primaryColor: "lamp",
  variantColorResolver: resolveColours,
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.4,
  colors: { lamp, gray: stone, dark: soot },
  fontFamily: "var(--sans)",
  fontFamilyMonospace: "var(--mono)",
  headings: { fontFamily: "var(--sans)", fontWeight: "620" },
  defaultRadius: "md",
  radius: { sm: "var(--radius-s)", md: "var(--radius-m)", lg: "var(--radius-l)" },
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { fw: 600 } }),
    Modal: Modal.extend({ defaultProps: { overlayProps: { backgroundOpacity: 0.4, blur: 2 }, attributes: DIALOG } }),
    Drawer: Drawer.extend({ defaultProps: { overlayProps: { backgroundOpacity: 0.4 }, attributes: DIALOG } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, events: { hover: true, focus: true, touch: false } } }),
  },
});

const shared = {
  "--mantine-color-body": "var(--sheet)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-soft)",
  "--mantine-color-placeholder": "var(--ink-faint)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--bad)",
  "--mantine-color-default": "var(--sheet)",
  "--mantine-color-default-hover": "var(--raised)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--sunk)",
  "--mantine-color-disabled-color": "var(--ink-faint)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-strong)",
  "--mantine-primary-color-light": "var(--accent-wash)",
  "--mantine-primary-color-light-hover": "var(--accent-wash)",
  "--mantine-primary-color-light-color": "var(--accent-strong)",
  "--mantine-primary-color-contrast": "var(--accent-on)",
};

/** Points Mantine's own variables at the tokens; these already know light from dark. */
export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
