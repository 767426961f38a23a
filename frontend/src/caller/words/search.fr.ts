/** Words of searching, and who else has a number. */
export const search = {
  also: {
    names: "Aussi : {{names}}.",
    named: "Quand il appelle, c’est {{name}} qui s’affiche.",
    because: {
      directory: "Nommé d’après l’annuaire prioritaire.",
      own: "Un numéro personnel passe avant un numéro partagé.",
      exact: "Un numéro exact passe avant les derniers chiffres.",
      name: "À égalité, dans l’ordre des noms.",
    },
  },
  search: {
    label: "Chercher ou composer",
    withoutNumber: "Sans mon numéro",
    placeholder: "Chercher ou composer : nom, numéro",
    labelOnly: "Chercher",
    placeholderOnly: "Chercher : nom, numéro",
    hint: "Entrée appelle, Alt+Entrée choisit le numéro",
    results: "Résultats",
    none: "Personne ne correspond. Un numéro peut être composé tel quel.",
    nobody: "Personne ne correspond.",
    dial: "Composer",
    dials: "composera {{digits}}",
    unknownNumber: "Numéro inconnu de l’annuaire",
    tooLong: "Plus de chiffres qu’aucun numéro au monde",
    searching: "Recherche…",
    clear: "Effacer",
    open: "Ouvrir la fiche de {{name}}",
    near: "Personne ne s’appelle exactement ainsi : noms proches.",
  },
};
