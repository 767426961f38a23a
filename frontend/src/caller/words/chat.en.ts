import type { Words } from "../../shared/i18n/words.ts";
import type { chat as french } from "./chat.fr.ts";

/** Words of messages between colleagues. */
export const chat: Words<typeof french> = {
  chat: {
    open: "Write to {{name}}",
    openShort: "Write",
    close: "Close the conversation",
    with: "Conversation with {{name}}",
    messages: "Messages",
    unread_one: "{{count}} unread message",
    unread_other: "{{count}} unread messages",
    none: "No conversation yet. The button “Write” is on a colleague’s card.",
    empty: "Write the first message.",
    notKept: "Nothing of this conversation is kept: it is gone after twelve hours.",
    earlier: "Earlier messages",
    text: "Your message",
    placeholder: "Enter sends, Shift+Enter begins a line",
    send: "Send",
    file: "Send a file",
    drop: "Drop the file here",
    sending: "Sending…",
    sendingFile: "{{name}}: {{percent}} %",
    again: "Send again",
    giveUp: "Give up",
    typing: "{{name}} is writing…",
    read: "Read at {{time}}",
    delivery: {
      waiting: "Waiting for the connection",
      sent: "Sent",
      delivered: "Delivered",
      failed: "Came back: not delivered",
    },
    conference: "Messages of the conference",
    conferenceHelp: "Everybody in the conference reads it; nothing of it is kept.",
    you: "you",
    size: { kB: "{{size}} kB", MB: "{{size}} MB" },
    why: {
      chatNotDelivered:
        "Not delivered: your colleague has no page open, and nothing of this conversation is kept. Try again later.",
      chatNotConnected:
        "Not delivered: your account for people outside is not connected. See Preferences, Contact / Collaboration.",
      chatNoRoom:
        "Not sent: there are too many files that are not kept. Wait, or send a smaller one.",
      chatFlood: "Too many messages at once. Try again in {{seconds}} s.",
      chatNoConference: "Nobody else in this call can read messages.",
      parameterForbids: "You may not write messages any more.",
      fileTooLarge: "This file is too large: {{most}} MB at most.",
      fileEmpty: "This file is empty.",
      longerThan: "This message is too long: {{most}} characters at most.",
    },
    gone: "Not sent: you can no longer write to this person.",
  },
};
