import type { Words } from "../../shared/i18n/words.ts";
import type { collaboration as fr } from "./collaboration.fr.ts";

export const collaboration: Words<typeof fr> = {
  one: "source of calendars",
  empty: "No source of calendars here.",
  name: "Name",
  nameHelp: "Shown to users who may have an account of their own with it.",
  domain: "Domain",
  domainHelp: "Its users are looked for by their e-mail address.",
  connector: "Type of server",
  ownAccounts: "A user may also be read with an account of his own.",
  oneAccount: "Everybody is read with this account.",
  enabled: "Enabled",
  enabledHelp: "Otherwise nothing is read, and what was read is forgotten.",
  state: "State",
  states: {
    disabled: "Disabled",
    waiting: "Not read yet",
    reading: "Reading",
    working: "Working",
    failing: "Failing",
  },
  people_one: "{{count, number}} calendar known",
  people_other: "{{count, number}} calendars known",
  nobody: "no user of the domain has an e-mail address",
  unread_one: "{{count, number}} calendar could not be read",
  unread_other: "{{count, number}} calendars could not be read",
  events_zero: "no event in these two days",
  events_one: "{{count, number}} event in these two days",
  events_other: "{{count, number}} events in these two days",
  problems: {
    unreachable: "The source does not answer. It is tried again; what is known gets older.",
    refused: "The source refuses. Its administrator has to allow it.",
    misconfigured: "Something has to be put right here.",
  },
  test: "Test the source",
  testing: "Reading the calendars…",
  testHelp:
    "Reads the calendars of some users, as the form has the source, and changes nothing; a stored password is told to the stored address only.",
  refresh: "Read now",
  removes:
    "Deletes the source, what was read there, and the accounts that users have with it. The calendars are left alone.",
};
