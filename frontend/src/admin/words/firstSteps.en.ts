import type { Words } from "../../shared/i18n/words.ts";
import type { firstSteps as french } from "./firstSteps.fr.ts";

export const firstSteps: Words<typeof french> = {
  sum: "Steps done: {{done}} of {{of}}. Nothing has to be restarted.",
  finished: "Everything works, up to a call that was answered.",
  states: { done: "done", todo: "to do", wrong: "does not work" },
  steps: {
    domain: {
      name: "The company, the domain, its numbers",
      done: "A domain is a site with one PBX and one numbering. Try under Dial plan what your people will dial.",
      todo: "Choose or make a domain: a site with one PBX and one numbering.",
    },
    licence: {
      name: "The licence",
      done: "Without a file nothing is limited. Load one if TWS was sold to you by the number of users.",
      wrong: "The licence file does not allow anybody more.",
    },
    link: {
      name: "The link to the PBX",
      done: "Links connected: {{count}} of {{of}}.",
      todo: "No link yet: the type of PBX, its address and, where it asks for one, an account.",
      wrong: "No link is connected: State of links says why.",
    },
    users: {
      name: "Users and their telephones",
      done: "Telephones monitored: {{count}} of {{of}}.",
      todo: "Telephones: {{of}}, and a call needs two. Make users, each with a telephone, or import them.",
      wrong: "Telephones monitored: {{count}} of {{of}}. State of devices says why not the others.",
    },
    caller: {
      name: "Who may use the Caller",
      done: "Users who may: {{count}} of {{of}}.",
      todo: "Nobody may use an application before it is granted: to a group as a rule.",
    },
    call: {
      name: "A call",
      done: "Answered: the numbers, the link, the PBX and the telephones work.",
      todo: "Have two telephones at hand: one that calls, which rings first on some PBXs, and one that is called.",
    },
  },
  everybody: {
    group: "All",
    make: "Make the group {{name}} of all {{count}} users and grant it the Caller",
  },
  trial: {
    from: "From",
    to: "To",
    call: "Call",
    clear: "Hang up",
    dialled: "{{number}} was sent to the PBX.",
    rings: "{{number}} rings: answer it.",
    answered: "Answered. You can hang up.",
    worked: "The call worked from end to end.",
    failed: "Nobody answered at {{number}}.",
  },
};
