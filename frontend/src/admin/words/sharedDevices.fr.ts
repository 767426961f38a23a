/** Call queues, intercom groups, and the device of either, in French. */
export const queues = {
  one: "puits d’appels",
  empty: "Aucun puits d’appels. Ajoutez-en un par puits du PBX dont les appels sont à montrer.",
  name: "Nom",
  nameHelp: "Comme on l’appelle, par exemple Accueil ; unique dans le domaine.",
  domain: "Domaine",
  domainHelp: "Le site du puits : seuls ses utilisateurs et groupes peuvent y être autorisés.",
  numberHelp: "Celui du puits dans le PBX. Il ne fait sonner personne de lui-même : ceux qui y sont autorisés voient qui attend.",
  removes: "Supprime 1 puits d’appels. Retirez d’abord ce qui est accordé sur lui ou à lui.",
};

export const intercomGroups = {
  one: "groupe intercom",
  empty: "Aucun groupe intercom. Ajoutez-en un pour ceux qui doivent se voir au téléphone.",
  name: "Nom",
  nameHelp: "Comme on l’appelle, par exemple Hotline ; unique dans le domaine.",
  domain: "Domaine",
  domainHelp: "Où il est rangé ; ceux qui y sont autorisés peuvent être d’autres domaines.",
  numberHelp: "Le premier numéro dont servent les touches de supervision. Vide : les postes des utilisateurs portent les touches.",
  count: "Nb demandé",
  countHelp: "Combien, à la suite : 6674 et 2 donnent 6674 et 6675.",
  supervised: "Autres postes",
  supervisedHelp: "Sur la même connexion et à personne : une porte, un atelier. Ceux qui sont autorisés sur le groupe les voient aussi.",
  removes: "Supprime 1 groupe intercom. Retirez d’abord ce qui est accordé sur lui ou à lui.",
};

export const sharedDevices = {
  device: "Poste dans le PBX",
  kind: "Genre",
  noNumber: "sans numéro",
  number: "Numéro",
  link: "Connexion",
  linkHelp: "La connexion PBX où se trouve le numéro ; du même domaine.",
  protocol: "Protocole",
  protocolHelp: "Par lequel la connexion le surveille.",
  mediaProtocol: "Protocole média",
  mediaProtocolHelp: "None pour un téléphone posé quelque part ; l’autre pour un poste que seul le PBX connaît.",
  physical: "poste physique",
  virtual: "poste virtuel",
  lines: "Cco(s)",
  linesHelp: "Combien d’appels il a à la fois (lignes).",
  password: "Mot de passe",
  passwordHelp: "Du numéro dans le PBX ; inutile en CSTA. Enregistré chiffré, jamais affiché.",
};
