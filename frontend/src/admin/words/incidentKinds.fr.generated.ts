/** Written by `python -m tests.house.incident_kinds`: do not edit. */
export const incidentKinds = {
  linkLost: "Connexion perdue",
  synchronisationFailed: "Synchronisation en échec",
  synchronisationHeld: "Synchronisation en attente",
  importFailed: "Import d’utilisateurs en échec",
  importHeld: "Import d’utilisateurs en attente",
  calendarsUnread: "Calendriers non lus",
  secretLost: "Secret perdu",
  serviceDown: "Service arrêté",
  databaseAway: "Base de données absente",
  clockWrong: "Horloge fausse",
  backupFailed: "Sauvegarde en échec",
  diskFull: "Disque presque plein",
  licence: "Licence",
  certificate: "Certificat",
  mailNotSent: "Courriel non envoyé",
  wrongPasswords: "Mots de passe faux",
};
