import type { Words } from "../../shared/i18n/words.ts";
import type { fr } from "./fr.ts";
import { calls } from "./calls.en.ts";
import { chat } from "./chat.en.ts";
import { external } from "./external.en.ts";
import { desktop } from "./desktop.en.ts";
import { devices } from "./devices.en.ts";
import { journal } from "./journal.en.ts";
import { keypad } from "./keypad.en.ts";
import { lists } from "./lists.en.ts";
import { operator } from "./operator.en.ts";
import { people } from "./people.en.ts";
import { pop } from "./pop.en.ts";
import { presence } from "./presence.en.ts";
import { rules } from "./rules.en.ts";
import { profiles } from "./profiles.en.ts";
import { queues } from "./queues.en.ts";
import { search } from "./search.en.ts";
import { sms } from "./sms.en.ts";
import { preferences } from "./preferences.en.ts";

export const en: Words<typeof fr> = {
  caller: {
    title: "TWS Caller",
    ringingTitle: "☎ {{name}}",
    regions: {
      people: "Directory",
      calls: "Calls",
      card: "Card",
      journal: "Journal",
      keypad: "Keypad",
    },
    notify: {
      body: "Incoming call",
      enable: "Be told of a call while the page is hidden?",
      yes: "Turn on",
      no: "No thanks",
    },
    ...people,
    ...operator,
    ...pop,
    ...presence,
    ...sms,
    ...rules,
    ...profiles,
    ...queues,
    ...chat,
    ...external,
    ...search,
    ...lists,
    ...calls,
    ...journal,
    ...devices,
    ...preferences,
    ...keypad,
    ...desktop,
  },
};
