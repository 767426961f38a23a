/** Words of the helper of the desk: fetched when something of it is shown. */
export const helper = {
  title: "Assistant de poste",
  help: "Un petit programme sur votre ordinateur : il lance les programmes des boutons de l’Alerter, tient les raccourcis d’appel quel que soit le programme ouvert, et montre les appels.",
  on: "Connecté : {{computers}}.",
  off: "Aucun n’est connecté.",
  connect: "Connecter un ordinateur",
  label: "Assistant de poste",
  notifies: "Il montre les appels comme notifications de l’ordinateur",
  notifiesHelp: "Sous Linux. À choisir : si cette page notifie aussi dans un navigateur du même ordinateur, un appel est montré deux fois.",
  first: "1. Téléchargez sur l’ordinateur, qui a besoin de Python :",
  second: "2. Dans le dossier du fichier, tapez",
  third: "3. Collez la clé demandée ; elle ne sera plus affichée",
  copyCommand: "Copier la commande",
  copyKey: "Copier la clé",
  last: "Puis lancez-le : python3 tws-helper.pyz. La documentation dit comment il démarre avec votre session.",
  key: "Touche qui l’appelle",
  keyHelp: "Placez-vous dans ce champ, puis appuyez sur les touches voulues, telles que Ctrl+Alt+D.",
  starting: "Lancement…",
  ran: {
    started: "Lancé sur {{computer}}.",
    notAllowedHere:
      "Pas lancé : ce programme n’est pas encore accepté sur {{computer}}. Tapez-y : python3 tws-helper.pyz allow.",
    programNotFound: "Pas lancé : {{computer}} n’a pas ce programme.",
    notStarted: "{{computer}} n’a pas pu le lancer.",
  },
};
