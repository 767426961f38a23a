/** Fournisseurs SMS. */
export const sms = {
  one: "fournisseur SMS",
  empty: "Aucun fournisseur SMS ici : personne n’envoie de SMS.",
  name: "Nom",
  nameHelp: "De plusieurs fournisseurs actifs, le premier par son nom envoie.",
  domain: "Domaine",
  domainHelp: "Les SMS de ses utilisateurs passent par ce fournisseur.",
  connector: "Type de passerelle",
  sender: "Expéditeur",
  senderHelp: "Numéro, ou nom de 11 lettres et chiffres au plus ; vide : celui du fournisseur.",
  enabled: "Actif",
  enabledHelp: "Sinon rien n’est envoyé par lui.",
  report:
    "Adresse que la passerelle appelle pour annoncer les remises, avec la clé des remises à la fin :",
  state: "État",
  states: {
    disabled: "Désactivé",
    waiting: "Pas encore utilisé",
    working: "En ordre",
    failing: "En échec",
  },
  second: "un autre, premier par son nom, envoie",
  problems: {
    unreachable: "La passerelle ne répond pas, ou pas jusqu’au bout.",
    refused: "La passerelle refuse. Son administrateur doit l’autoriser.",
    misconfigured: "Il y a ici quelque chose à corriger.",
  },
  refused: "Le dernier SMS qu’il n’a pas pris :",
  number: "Numéro d’essai",
  numberHelp: "Vide : la passerelle est seulement interrogée, rien n’est envoyé.",
  text: "Essai de SMS par TWS.",
  test: "Tester le fournisseur",
  testing: "La passerelle est interrogée…",
  testHelp:
    "Avec le fournisseur tel que saisi ; un secret enregistré n’est dit qu’à l’adresse enregistrée. Un SMS envoyé peut coûter.",
  answered: "La passerelle répond, et nous connaît autant qu’on peut le savoir sans envoyer.",
  notAsked:
    "Ce qui est saisi est utilisable. Une passerelle HTTP ne peut pas être interrogée sans envoyer : saisissez un numéro pour l’essayer.",
  sent: "La passerelle a pris le SMS pour {{number}}.",
  removes: "Supprime le fournisseur. Ce qui a été envoyé par lui reste.",
} as const;
