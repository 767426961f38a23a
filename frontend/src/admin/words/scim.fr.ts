/** Words of Utilisateurs / Connexions SCIM. */
export const scim = {
  one: "connexion SCIM",
  empty:
    "Aucune connexion ici. Avec elle, Entra ID, Okta ou Keycloak crée, modifie et désactive lui-même les utilisateurs et les groupes.",
  name: "Nom",
  domain: "Domaine",
  used: "Jeton utilisé",
  users: "Utilisateurs",
  groups: "Groupes",
  never: "jamais",
  noToken: "pas de jeton",
  provider: "À indiquer au fournisseur",
  address: "Adresse",
  token: "Jeton",
  plain:
    "Un service sur Internet ne joint que des adresses https : placez devant ce serveur un serveur mandataire avec un certificat, et configurez l’adresse publique.",
  once: "Le jeton n’est montré qu’une fois : copiez-le maintenant chez le fournisseur.",
  noTokenYet: "Il n’y a pas de jeton : le fournisseur ne peut rien faire.",
  madeAt: "Jeton créé le {{moment}}.",
  usedAt: "Utilisé le {{moment}}.",
  neverUsed: "Jamais utilisé.",
  make: "Créer un jeton",
  makeNew: "Créer un nouveau jeton",
  revoke: "Révoquer le jeton",
  ends: "Le jeton actuel ne vaut plus rien aussitôt : le fournisseur ne peut plus rien faire avant d’en avoir un autre. Les utilisateurs restent.",
  copyOf: "Copier : {{what}}",
  how: "Où l’indiquer",
  whose: "Qui est touché",
  takeOver: "Reprendre ceux qui existent",
  takeOverHelp:
    "Le fournisseur voit les utilisateurs et les groupes de ce domaine qu’aucun import ni aucune autre connexion n’a amenés, et les reprend quand il les modifie. Sinon il ne voit que les siens.",
  linkHelp: "Chacun y reçoit un poste à son numéro de travail ; qui n’en a pas n’a pas de poste.",
  cultureHelp: "De ceux qui sont créés et dont le fournisseur ne dit pas la langue.",
  saveFirst: "Une fois la connexion enregistrée, son jeton est créé ici.",
  removes:
    "Supprime la connexion et son jeton. Les utilisateurs et les groupes restent ; une autre connexion ou un import peut les reprendre.",
} as const;
