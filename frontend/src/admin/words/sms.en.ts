import type { Words } from "../../shared/i18n/words.ts";
import type { sms as french } from "./sms.fr.ts";

/** SMS providers. */
export const sms: Words<typeof french> = {
  one: "SMS provider",
  empty: "No SMS provider here: nobody sends text messages.",
  name: "Name",
  nameHelp: "Of several active providers the first by name sends.",
  domain: "Domain",
  domainHelp: "Text messages of its users go by this provider.",
  connector: "Kind of gateway",
  sender: "Sender",
  senderHelp: "A number, or a name of at most 11 letters and digits; empty: the provider’s own.",
  enabled: "Active",
  enabledHelp: "Else nothing is sent by it.",
  report: "Address that the gateway calls to tell of deliveries, with the key of deliveries at its end:",
  state: "State",
  states: {
    disabled: "Disabled",
    waiting: "Not used yet",
    working: "Working",
    failing: "Failing",
  },
  second: "another one, first by name, sends",
  problems: {
    unreachable: "The gateway does not answer, or not to the end.",
    refused: "The gateway refuses. Its administrator must allow it.",
    misconfigured: "Something here is to be mended.",
  },
  refused: "The last message that it did not take:",
  number: "Number for a trial",
  numberHelp: "Empty: the gateway is only asked, nothing is sent.",
  text: "A trial of text messages by TWS.",
  test: "Test the provider",
  testing: "Asking the gateway…",
  testHelp:
    "With the provider as it is filled in; a stored secret is told to the stored address only. A message that is sent may cost.",
  answered: "The gateway answers, and knows us as far as can be known without sending.",
  notAsked:
    "What is filled in can be used. A gateway over HTTP cannot be asked without sending: enter a number to try it.",
  sent: "The gateway took the message to {{number}}.",
  removes: "Deletes the provider. What was sent by it stays.",
};
