import type { Words } from "../../shared/i18n/words.ts";
import type { desktop as fr } from "./desktop.fr.ts";

export const desktop: Words<typeof fr> = {
  desktop: {
    installHelp: "TWS in a window of its own, with its icon.",
    install: "Install TWS",
    linksHelp: "A click on a number of a web page makes it ready here; you decide to call.",
    links: "Open “tel:” links with TWS",
    linksRefused: "The browser refuses: it allows this over HTTPS only, or a setting forbids it.",
  },
  push: {
    label: "Notify me of calls when the page is closed",
    help: "In this browser. Its push service carries an encrypted message, which it cannot read.",
    impossible: "This browser cannot do it, or over HTTPS only.",
    notOffered: "This server is not set up for it: tell your administrator.",
    failed: "The browser’s push service does not answer: try again later.",
  },
};
