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
  first: "1. On that computer (it needs Python 3.11 or newer), download this file:",
  second: "2. Open a terminal in the folder of the file, and enter this command:",
  third: "3. It asks for a key: paste this one. It is not shown again.",
  copyCommand: "Copy the command",
  copyKey: "Copy the key",
  copyStart: "Copy what starts it",
  last: "4. Start the helper, in the same terminal:",
  after: "This page then says that the computer is connected. The manual of the desk helper says how it starts by itself.",
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
