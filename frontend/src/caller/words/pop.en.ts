import type { Words } from "../../shared/i18n/words.ts";
import type { pop as french } from "./pop.fr.ts";

/** Words of the Alerter's windows. */
export const pop: Words<typeof french> = {
  pop: {
    title: "Alerter: {{name}}",
    card: "Card: {{name}}",
    show: "Show the card",
    close: "Close the card",
    waits: "Looking the caller up…",
    noPage: "No page is set for your calls: ask your administrator.",
    apart: "Open in a tab",
  },
};
