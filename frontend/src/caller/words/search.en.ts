import type { Words } from "../../shared/i18n/words.ts";
import type { search as fr } from "./search.fr.ts";

export const search: Words<typeof fr> = {
  also: {
    names: "Also: {{names}}.",
    named: "When it calls, {{name}} is shown.",
    because: {
      directory: "Named by the directory that comes first.",
      own: "One’s own number comes before a shared one.",
      exact: "An exact number comes before the last digits.",
      name: "All being equal, in the order of names.",
    },
  },
  search: {
    label: "Search or dial",
    withoutNumber: "Without my number",
    placeholder: "Search or dial: name, number",
    labelOnly: "Search",
    placeholderOnly: "Search: name, number",
    hint: "Enter calls, Alt+Enter chooses the number",
    results: "Results",
    none: "Nobody matches. A number can be dialled as it is.",
    nobody: "Nobody matches.",
    dial: "Dial",
    dials: "will dial {{digits}}",
    unknownNumber: "Number not in the directory",
    tooLong: "More digits than any number in the world",
    searching: "Searching…",
    clear: "Clear",
    open: "Open the card of {{name}}",
    near: "Nobody is called exactly so: similar names.",
  },
};
