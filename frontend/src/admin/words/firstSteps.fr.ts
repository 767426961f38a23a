export const firstSteps = {
  sum: "Étapes faites : {{done}} sur {{of}}. Rien n’est à redémarrer.",
  finished: "Tout fonctionne, jusqu’à un appel auquel on a répondu.",
  states: { done: "fait", todo: "à faire", wrong: "ne fonctionne pas" },
  steps: {
    domain: {
      name: "La société, le domaine, ses numéros",
      done: "Un domaine est un site avec un PBX et un plan de numérotation. Essayez dans Plan de numérotation ce que l’on composera.",
      todo: "Choisissez ou créez un domaine : un site avec un PBX et un plan de numérotation.",
    },
    licence: {
      name: "La licence",
      done: "Sans fichier, rien n’est limité. Chargez-en un si TWS vous a été vendu au nombre d’utilisateurs.",
      wrong: "Le fichier de licence n’autorise personne de plus.",
    },
    link: {
      name: "La connexion au PBX",
      done: "Connexions établies : {{count}} sur {{of}}.",
      todo: "Pas encore de connexion : le type de PBX, son adresse et, s’il en demande un, un compte.",
      wrong: "Aucune connexion n’est établie : État des connexions dit pourquoi.",
    },
    users: {
      name: "Les utilisateurs et leurs postes",
      done: "Postes supervisés : {{count}} sur {{of}}.",
      todo: "Postes : {{of}}, un appel en demande deux. Créez des utilisateurs, chacun avec un poste, ou importez-les.",
      wrong: "Postes supervisés : {{count}} sur {{of}}. État des postes dit pourquoi les autres ne le sont pas.",
    },
    caller: {
      name: "Qui utilise le Caller",
      done: "Utilisateurs autorisés : {{count}} sur {{of}}.",
      todo: "Personne n’utilise une application avant d’y être autorisé : par un groupe, en règle générale.",
    },
    call: {
      name: "Un appel",
      done: "On a répondu : les numéros, la connexion, le PBX et les postes fonctionnent.",
      todo: "Ayez deux postes sous la main : celui qui appelle, qui sonne d’abord sur certains PBX, et celui qui est appelé.",
    },
  },
  everybody: {
    group: "Tous",
    make: "Créer le groupe {{name}} des {{count}} utilisateurs et l’autoriser au Caller",
  },
  trial: {
    from: "De",
    to: "Vers",
    call: "Appeler",
    clear: "Raccrocher",
    dialled: "{{number}} a été envoyé au PBX.",
    rings: "{{number}} sonne : décrochez.",
    answered: "On a répondu. Vous pouvez raccrocher.",
    worked: "L’appel a fonctionné de bout en bout.",
    failed: "Personne n’a répondu au {{number}}.",
  },
};
