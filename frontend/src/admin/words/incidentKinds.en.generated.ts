/** Written by `python -m tests.house.incident_kinds`: do not edit. */
export const incidentKinds = {
  linkLost: "Link lost",
  synchronisationFailed: "Synchronisation failed",
  synchronisationHeld: "Synchronisation held",
  importFailed: "Import of users failed",
  importHeld: "Import of users held",
  calendarsUnread: "Calendars not read",
  secretLost: "Secret lost",
  serviceDown: "Service down",
  databaseAway: "Database away",
  clockWrong: "Clock wrong",
  backupFailed: "Backup failed",
  diskFull: "Disk nearly full",
  licence: "Licence",
  certificate: "Certificate",
  mailNotSent: "Mail not sent",
  wrongPasswords: "Wrong passwords",
};
