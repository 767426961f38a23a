import type { Words } from "../../shared/i18n/words.ts";
import type { operator as french } from "./operator.fr.ts";

/** Words of the operator's panel. */
export const operator: Words<typeof french> = {
  operator: {
    title: "Operator panel",
    open: "Open the operator panel",
    close: "Close the operator panel",
    filter: "Filter telephones",
    show: "Show",
    states: {
      all: "All",
      free: "Free",
      taken: "Not free",
    },
    count_one: "{{count, number}} telephone",
    count_other: "{{count, number}} telephones",
    none: "You see nobody's telephone: an intercom group allows it.",
    most: "Only the first {{count, number}} are shown with their state: filter them.",
    noMatch: "No telephone matches.",
    telephone: "Telephone {{number}}, {{group}}",
  },
};
