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
    starting: "Starting…",
    ran: {
      started: "Started on {{computer}}.",
      notAllowedHere:
        "Not started: this program is not accepted on {{computer}} yet. Type there: tws helper allow.",
      programNotFound: "Not started: {{computer}} has no such program.",
      notStarted: "{{computer}} could not start it.",
    },
  },
};
