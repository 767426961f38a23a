import type { Words } from "../../shared/i18n/words.ts";
import type { desktop as fr } from "./desktop.fr.ts";

export const desktop: Words<typeof fr> = {
  desktop: {
    title: "On this computer",
    installHelp: "TWS in a window of its own, with its icon.",
    install: "Install TWS",
    linksHelp: "A click on a number of a web page makes it ready here; you decide to call.",
    links: "Open “tel:” links with TWS",
    linksRefused: "The browser refuses: it allows this over HTTPS only, or a setting forbids it.",
  },
};
