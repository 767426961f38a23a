import type { Words } from "../../shared/i18n/words.ts";
import type { presence as french } from "./presence.fr.ts";

/** Words of how people are. */
export const presence: Words<typeof french> = {
  presence: {
    state: {
      free: "Free",
      ringing: "Ringing",
      busy: "Busy",
      away: "Away",
      offline: "Offline",
      unreachable: "Telephone not registered",
      unknown: "State unknown",
    },
    inMeeting: "In a meeting",
    onTelephone: "On the telephone",
    doNotDisturb: "Do not disturb",
    until: "{{words}} until {{time}}",
    untilOnly: "until {{time}}",
    says: "Message",
    telephone: "Telephone",
    telephoneState: {
      free: "free",
      ringing: "ringing",
      busy: "in a call",
      outOfService: "not registered: it cannot ring",
      unknown: "state unknown",
    },
    call: { incoming: "Call from", outgoing: "Calling" },
    unknownCaller: "number withheld",
    forwarded: "Forwarded",
    rule: "First rule",
    calendar: "Calendar",
    calendarState: {
      free: "free",
      tentative: "perhaps busy",
      busy: "busy",
      outOfOffice: "out of office",
    },
    own: "My presence",
    choose: {
      auto: "Automatic",
      online: "Online",
      busy: "Busy",
      absent: "Absent",
      offline: "Offline",
    },
    message: "Message to your colleagues",
    messagePlaceholder: "Back at 2 pm",
    end: "Until",
    ends: {
      never: "No limit",
      hour: "One hour",
      today: "This evening",
    },
    say: "Say so",
    intercept: "Pick up {{name}}'s call",
    interceptShort: "Pick up",
  },
};
