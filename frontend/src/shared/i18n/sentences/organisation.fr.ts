/** Devices, call queues, intercom groups, users and parameters, in French. */
export const organisation: Readonly<Record<string, string>> = {
  "Only devices with the protocol {protocol} have this.":
    "Seuls les postes du protocole {protocol} ont ce réglage.",
  "A host is a name or an IP address, without blanks.":
    "Un hôte est un nom ou une adresse IP, sans espaces.",
  "{number} is the number of the call queue {name}.":
    "{number} est le numéro du puits d’appels {name}.",
  "{number} is a number of the intercom group {name}.":
    "{number} est un numéro du groupe intercom {name}.",
  "{number} belongs to {name} already on this link.":
    "{number} est déjà à {name} sur cette connexion.",
  "Choose the link on which the number is.":
    "Choisissez la connexion sur laquelle se trouve le numéro.",
  "This link is of another domain.": "Cette connexion est d’un autre domaine.",
  "Only a number of digits has numbers after it.":
    "Seul un numéro fait de chiffres a des numéros qui le suivent.",
  "From {number} on there are not {count} numbers of as many digits.":
    "À partir de {number}, il n’y a pas {count} numéros d’autant de chiffres.",
  "At most {most} telephones can be supervised.":
    "Au plus {most} postes peuvent être supervisés.",
  "an address such as name@company.example is expected":
    "une adresse comme nom@societe.example est attendue",
  "the name of a file is expected, without a folder":
    "le nom d’un fichier est attendu, sans dossier",
  "an address that begins with https:// is expected":
    "une adresse qui commence par https:// est attendue",
  "the name of a claim is expected, such as preferred_username":
    "le nom d’une revendication (claim) est attendu, comme preferred_username",
  "words with one blank between them are expected, with openid":
    "des mots séparés par une espace sont attendus, dont openid",
  "1 to {most} characters are expected": "1 à {most} caractères sont attendus",
  "a host name or an address is expected": "un nom d’hôte ou une adresse est attendu",
  "a colour is written as #rrggbb": "une couleur s’écrit #rrvvbb",
  "Ctrl+F{key} stands there twice": "Ctrl+F{key} y figure deux fois",
  "Ctrl+F{key} needs a number that can be dialled":
    "il faut à Ctrl+F{key} un numéro qui se compose",
  "a shortcut is written as Ctrl+F12 or Ctrl+Alt+D, and is none of a card's":
    "un raccourci s’écrit comme Ctrl+F12 ou Ctrl+Alt+D, et n’est pas celui d’une fiche",
  "{path} is no full path of a program": "{path} n’est pas le chemin complet d’un programme",
  "{path} would read the values of a caller as commands: name a program itself":
    "{path} lirait les valeurs d’un appelant comme des commandes : nommez le programme lui-même",
  "this is no contact: {contact}": "ce n’est pas un contact : {contact}",
  "quiet hours need a day at least": "les heures de silence demandent au moins un jour",
  "{most} fields at most": "{most} champs au plus",
};
