import type { Words } from "../../shared/i18n/words.ts";
import type { external as french } from "./external.fr.ts";

/** Words of the chat with people outside. */
export const external: Words<typeof french> = {
  external: {
    people: "External contacts",
    title: "Chat with people outside (XMPP)",
    help: "With an XMPP account of your own you write to people outside the company.",
    address: "XMPP address",
    example: "name@server.example",
    password: "Password",
    passwordStays: "Password (empty: as it is)",
    host: "Server, where it is not that of the domain",
    port: "Port",
    none: "Add my account",
    gone: "This contact is not there any more.",
    removeAccount: "Remove the account, its contacts and their messages",
    sure: "Remove “{{name}}” with all messages?",
    states: {
      off: "Not connected: nothing is kept, and the connection lasts while a page is open.",
      connecting: "Connecting…",
      connected: "Connected",
      away: "The server does not answer; it is tried again soon.",
      refused: "The account has to be mended.",
    },
    add: "Add a contact",
    addAddress: "The contact’s address",
    addName: "Name (optional)",
    availability: {
      online: "Available",
      away: "Away",
      busy: "Do not disturb",
      offline: "Offline",
      unknown: "State unknown",
    },
    asked: "Has not shown you their state yet.",
    asks: "{{name}} asks to see your state. Do you accept?",
    accept: "Accept",
    refuse: "Refuse",
    stranger: "A stranger: not among your contacts.",
    write: "Write to {{name}}",
    remove: "Remove {{name}}",
    outside: "Outside the company",
  },
};
