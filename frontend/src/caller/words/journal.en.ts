import type { Words } from "../../shared/i18n/words.ts";
import type { journal as fr } from "./journal.fr.ts";

export const journal: Words<typeof fr> = {
  journal: {
    search: "Search the journal",
    all: "All",
    incoming: "Received",
    outgoing: "Made",
    missed: "Missed",
    which: "Which calls",
    empty: "No call yet. Those you receive, make and miss will be listed here.",
    noMatch: "No call matches.",
    more: "Older",
    back: "Call back",
    rang: "rang {{time}}",
    kind: {
      incoming: "Received",
      outgoing: "Made",
      missed: "Missed",
      failed: "Not connected",
      passed: "Passed on",
    },
    answeredBy: "answered by {{name}}",
    forwardedTo: "forwarded to {{name}}",
    transferredTo: "transferred to {{name}}",
    parkedAt: "parked at {{name}}",
    parkedBack_one: "parked at {{name}}, taken back",
    parkedBack_other: "parked {{count}} times, last at {{name}}, taken back",
    gap: "link lost during the call",
    joinedLate: "beginning not seen",
    endNotSeen: "end not seen",
    running: "in progress",
  },
};
