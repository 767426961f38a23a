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
  },
};
