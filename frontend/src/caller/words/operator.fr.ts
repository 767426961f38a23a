/** Words of the operator's panel. */
export const operator = {
  operator: {
    title: "Standard",
    open: "Ouvrir le standard",
    close: "Fermer le standard",
    filter: "Filtrer les postes",
    show: "Afficher",
    states: {
      all: "Tous",
      free: "Libres",
      taken: "Pas libres",
    },
    count_one: "{{count, number}} poste",
    count_other: "{{count, number}} postes",
    none: "Vous ne voyez le téléphone de personne : un groupe d’intercommunication le permet.",
    most: "Seuls les {{count, number}} premiers sont affichés avec leur état : filtrez-les.",
    noMatch: "Aucun poste ne correspond.",
    telephone: "Poste {{number}}, {{group}}",
  },
};
