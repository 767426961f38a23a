import type { Words } from "../../shared/i18n/words.ts";
import type { sms as french } from "./sms.fr.ts";

/** Words of text messages. */
export const sms: Words<typeof french> = {
  sms: {
    open: "SMS to {{name}}, {{number}}",
    openShort: "SMS",
    to: "Text message to {{name}}",
    close: "Close the text messages",
    text: "Your text message",
    send: "Send the text message",
    sent: "Text messages sent",
    size_one: "{{count, number}} message, {{left, number}} characters left.",
    size_other: "{{count, number}} messages, {{left, number}} characters left in the last.",
    tooLong: "At most {{count, number}} messages: shorten the text.",
    others: "With {{signs}} each message has less room.",
    states: {
      waiting: "waiting",
      sending: "sending…",
      sent: "sent",
      delivered: "delivered",
      failed: "failed",
      unknown: "outcome unknown",
    },
  },
};
