import type { Words } from "../../shared/i18n/words.ts";
import type { deviceStates as frenchDevices, linkStates as frenchLinks } from "./states.fr.ts";

/** How links and devices are. */
export const linkStates: Words<typeof frenchLinks> = {
  empty: "No link to watch.",
  name: "Link",
  type: "Type",
  domain: "Domain",
  connected: "Connected",
  host: "Host",
  port: "Port",
  current: "Current",
  currentHelp: "Telephones watched",
  waiting: "Waiting",
  waitingHelp: "Telephones waiting for a place: raise the capacity",
  total: "Total",
  totalHelp: "Capacity",
  version: "PBX",
  since: "Since",
  why: "What to do",
  todo: {
    misconfigured: "Mend the settings of the link.",
    down: "TWS tries again by itself. Check that the PBX runs and can be reached.",
    waiting: "Telephones wait: raise the capacity, if the PBX allows it.",
    licences: "Telephones wait: the PBX lets no more be watched. It may need more CTI licences.",
  },
  gaps: {
    title: "When a PBX was not heard",
    help: "Calls of these times may be missing from the call log, or stand in it without their end.",
    none: "Every link has been heard all the time.",
    sameDay: "Not heard on {{day}} from {{since}} to {{until}} ({{lasted}}), {{ended}}.",
    days: "Not heard from {{since}} to {{until}} ({{lasted}}), {{ended}}.",
    ended_zero: "no call ended unseen",
    ended_one: "{{count}} call ended unseen",
    ended_other: "{{count}} calls ended unseen",
    deleted: "(deleted link)",
    more: "Show earlier ones",
  },
};

export const deviceStates: Words<typeof frenchDevices> = {
  empty: "No telephone.",
  first: "First number",
  last: "Last number",
  number: "Telephone",
  holder: "Belongs to",
  holderKind: "Kind",
  holderKinds: { user: "user", queue: "call queue", intercomGroup: "intercom group" },
  provider: "Provider",
  voiceMail: "Voice mail",
  type: "Type",
  state: "State",
  reason: "Reason",
  only: "Trouble only",
};
