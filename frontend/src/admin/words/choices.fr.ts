/** Des choix dans les réglages ; entre parenthèses le nom de la norme, ou celui de l’aide et des fichiers. */
export const choices = {
  separator: {
    auto: "Automatique",
    semicolon: "Point-virgule ;",
    comma: "Virgule ,",
    tab: "Tabulation",
    bar: "Barre |",
  },
  encoding: {
    auto: "Automatique",
    "utf-8": "UTF-8",
    "windows-1252": "Windows-1252",
    "utf-16": "UTF-16",
  },
  authentication: {
    none: "Aucune",
    basic: "Nom et mot de passe (Basic)",
    digest: "Nom et mot de passe (Digest)",
    bearer: "Jeton (Bearer)",
    header: "Clé dans un en-tête",
    query: "Clé dans l’adresse",
  },
  paging: {
    none: "Aucune : tout en une réponse",
    link: "Adresse de la page suivante",
    page: "Numéro de page",
    offset: "Rang du premier contact",
  },
  content: {
    json: "JSON",
    form: "Formulaire (clé=valeur)",
    xml: "XML",
    text: "Texte brut",
  },
  alphabet: { gsm: "GSM, sinon UCS-2", ucs2: "UCS-2 toujours" },
  long_messages: { header: "Divisés par TWS", payload: "Divisés par le centre" },
  tls: {
    none: "Aucun",
    starttls: "StartTLS",
    ldaps: "LDAPS",
    preferred: "Si le serveur le propose",
    required: "Exigé",
    verified: "Exigé, certificat vérifié",
  },
  access: { "full access": "Accès complet", impersonation: "Emprunt d’identité" },
  cloud: {
    worldwide: "Mondial",
    "us government": "Gouvernement des États-Unis",
    "us defence": "Défense des États-Unis",
    china: "Chine",
  },
  source: {
    users: "Utilisateurs",
    "organisation contacts": "Contacts de l’organisation",
    mailbox: "Boîte aux lettres",
  },
} as const;
