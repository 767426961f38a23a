import type { Words } from "../../shared/i18n/words.ts";
import type { helper as french } from "./helper.fr.ts";

/** Words of the helper of the desk: fetched when something of it is shown. */
export const helper: Words<typeof french> = {
  title: "Desk helper",
  help: "A small program on your computer: it starts the programs of the Alerter’s buttons, holds the calling shortcuts whatever program is in front, and shows calls.",
  on: "Connected: {{computers}}.",
  off: "None is connected.",
  connect: "Connect a computer",
  label: "Desk helper",
  notifies: "It shows calls as notifications of the computer",
  notifiesHelp: "On Linux. Choose one: where this page notifies in a browser of the same computer too, a call is shown twice.",
  first: "1. Download to the computer, which needs Python:",
  second: "2. In the folder of that file, type",
  third: "3. Paste the key that it asks for; it is not shown again",
  copyCommand: "Copy the command",
  copyKey: "Copy the key",
  last: "Then start it: python3 tws-helper.pyz. The documentation says how it starts with your session.",
  key: "Key that calls it",
  keyHelp: "Go into this field, then press the keys that you want, such as Ctrl+Alt+D.",
  starting: "Starting…",
  ran: {
    started: "Started on {{computer}}.",
    notAllowedHere:
      "Not started: this program is not accepted on {{computer}} yet. Type there: python3 tws-helper.pyz allow.",
    programNotFound: "Not started: {{computer}} has no such program.",
    notStarted: "{{computer}} could not start it.",
  },
};
