/** Words of profiles. */
export const profiles = {
  profiles: {
    title: "Profils",
    one: "Profil",
    help: "Un profil dit de quel poste vous appelez, et quelles règles de renvoi sont actives avec lui.",
    noneChosen: "Aucun",
    chosen: "choisi",
    gone: "ce poste n’est plus le vôtre",
    add: "Nouveau profil",
    change: "Modifier",
    edit: "Modifier le profil {{name}}",
    name: "Nom",
    device: "Poste courant",
    elsewhere: "Un autre numéro…",
    number: "Numéro",
    numberHelp: "Tous vos appels y sont renvoyés tant que le profil est choisi.",
    rules: "Règles de renvoi actives avec ce profil",
    noRules:
      "Avec un profil, des règles de renvoi peuvent devenir actives : vous n’en avez pas encore. Ajoutez-en sous votre nom.",
    save: "Enregistrer",
    remove: "Supprimer",
  },
};
