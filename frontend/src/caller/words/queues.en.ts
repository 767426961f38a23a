import type { Words } from "../../shared/i18n/words.ts";
import type { queues as fr } from "./queues.fr.ts";

/** Words of shared call queues. */
export const queues: Words<typeof fr> = {
  queues: {
    title: "Call queues",
    one: "Call queue {{name}}",
    waiting_zero: "nobody waits",
    waiting_one: "{{count}} waiting",
    waiting_other: "{{count}} waiting",
    free: "{{count}} of {{all}} free",
    position: "No. {{n}} in the queue",
    field: "{{label}}: {{value}}",
    ringsAt: "ringing at {{name}}’s",
    answers: "{{by}} is answering {{name}}",
    take: "Take",
    takeHelp: "The call comes to {{number}} and rings there.",
    gone: "This caller waits no more.",
    abandoned_zero: "Abandoned",
    abandoned_one: "{{count}} to call back",
    abandoned_other: "{{count}} to call back",
    abandonedOf: "Abandoned calls: {{name}}",
    noneAbandoned: "No abandoned call. Those who hang up before anybody answers are listed here.",
    waited: "waited {{time}}",
    callBack: "Call back",
    calledBack: "called back by {{name}} at {{time}}",
    export: "Export (CSV)",
  },
};
