/** Les mots des fenêtres de l’Alerter. */
export const pop = {
  pop: {
    title: "Alerter : {{name}}",
    card: "Fiche : {{name}}",
    show: "Afficher la fiche",
    close: "Fermer la fiche",
    waits: "Recherche de l’appelant…",
    noPage: "Aucune page n’est réglée pour vos appels : demandez à votre administrateur.",
    apart: "Ouvrir dans un onglet",
    starting: "Lancement…",
    ran: {
      started: "Lancé sur {{computer}}.",
      notAllowedHere:
        "Pas lancé : ce programme n’est pas encore accepté sur {{computer}}. Tapez-y : tws helper allow.",
      programNotFound: "Pas lancé : {{computer}} n’a pas ce programme.",
      notStarted: "{{computer}} n’a pas pu le lancer.",
    },
  },
};
