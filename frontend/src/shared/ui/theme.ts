import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Modal,
  ModalRoot,
  Tooltip,
} from "@mantine/core";

/** The one colour that is not a state. Everything tinted follows it. */
const accent: MantineColorsTuple = [
  "#edf2fd",
  "#d9e3f9",
  "#b0c5f2",
  "#84a4ea",
  "#6189e2",
  "#4a77de",
  "#3c6ad8",
  "#2f5bc4",
  "#2750af",
  "#1a4297",
];

/** The library's dark greys, with the hue of our own surfaces. */
const dark: MantineColorsTuple = [
  "#e7eaee",
  "#c5ccd4",
  "#a6b0bc",
  "#8d98a5",
  "#434d59",
  "#2b323b",
  "#20262d",
  "#1a1e24",
  "#15181d",
  "#121519",
];

const SURFACES = {
  "--mantine-color-body": "var(--page)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-2)",
  "--mantine-color-placeholder": "var(--ink-3)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-strong)",
  // What a field complains of: said in words, not in the colour of a busy telephone.
  "--mantine-color-error": "var(--ink)",
};

/** The library draws on our surfaces, in both schemes: see global.css. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: SURFACES,
  dark: SURFACES,
});

/** Over the title bar of the Caller, below the lists of choices and a call that rings. */
const OVER_BARS = 250;

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  spacing: { xs: "0.375rem", sm: "0.5rem", md: "0.75rem", lg: "1rem", xl: "1.5rem" },
  defaultRadius: "sm",
  radius: { xs: "3px", sm: "6px", md: "8px", lg: "12px", xl: "20px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: "xs" } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
    Input: Input.extend({ defaultProps: { size: "sm" } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
    Modal: Modal.extend({ defaultProps: { centered: true, radius: "md", zIndex: OVER_BARS } }),
    ModalRoot: ModalRoot.extend({ defaultProps: { centered: true, zIndex: OVER_BARS } }),
  },
});
