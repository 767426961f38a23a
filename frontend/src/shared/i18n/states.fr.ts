/** Words of the states of links and devices. */
export const states = {
  linkState: {
    connecting: "Connexion en cours",
    starting: "Démarrage",
    up: "Connecté",
    down: "Interrompue",
    misconfigured: "À corriger",
  },
  monitorState: {
    monitored: "Surveillé",
    starting: "Démarrage",
    waiting: "En attente de place",
    refused: "Refusé par le PBX",
    linkDown: "Liaison interrompue",
    outOfService: "Hors service",
    unknown: "Inconnu",
  },
} as const;
