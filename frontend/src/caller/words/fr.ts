import { calls } from "./calls.fr.ts";
import { chat } from "./chat.fr.ts";
import { external } from "./external.fr.ts";
import { desktop } from "./desktop.fr.ts";
import { devices } from "./devices.fr.ts";
import { journal } from "./journal.fr.ts";
import { keypad } from "./keypad.fr.ts";
import { lists } from "./lists.fr.ts";
import { operator } from "./operator.fr.ts";
import { people } from "./people.fr.ts";
import { pop } from "./pop.fr.ts";
import { presence } from "./presence.fr.ts";
import { rules } from "./rules.fr.ts";
import { profiles } from "./profiles.fr.ts";
import { queues } from "./queues.fr.ts";
import { search } from "./search.fr.ts";
import { sms } from "./sms.fr.ts";
import { preferences } from "./preferences.fr.ts";

/** Words of the Caller: each folder has a file of its own. */
export const fr = {
  caller: {
    title: "TWS Caller",
    ringingTitle: "☎ {{name}}",
    regions: {
      people: "Annuaire",
      calls: "Appels",
      card: "Fiche",
      journal: "Journal",
      keypad: "Clavier",
    },
    notify: {
      body: "Appel entrant",
      enable: "Être prévenu d’un appel quand la page est cachée ?",
      yes: "Activer",
      no: "Non merci",
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
