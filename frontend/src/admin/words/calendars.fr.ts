import { connectors } from "./connectors.fr.ts";

/** The help of the settings of calendars in French. */
export const calendars = {
  any: connectors.any,
  caldav: {
    url: "Des agendas d’un utilisateur, avec {mailbox} ou {user} à la place de son adresse e-mail, ou de ce qui précède le @.",
    user: "Qui a le droit de lire les agendas de tous les utilisateurs.",
    calendars: "Noms d’agendas de chacun, séparés par des virgules ; vide : tous.",
  },
  domino: {
    url: "Du fichier courrier d’un utilisateur, par exemple https://HÔTE/mail/{user}.nsf ; {user} ou {mailbox} : ce qui précède le @ de son adresse e-mail, ou toute l’adresse.",
    user: "Qui a le droit de lire les agendas de tous les utilisateurs.",
  },
  exchange: {
    url: "https://HÔTE/ews/exchange.asmx",
    user: "DOMAINE\\nom, ou nom@domaine.",
  },
  google: connectors.google,
  ical: {
    url: "De l’agenda d’un utilisateur, avec {mailbox} ou {user} à la place de son adresse e-mail, ou de ce qui précède le @.",
    user: "Si l’adresse en demande un.",
  },
  office365: connectors.office365,
} as const;
