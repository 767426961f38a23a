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
  first: "1. Sur cet ordinateur (il lui faut Python 3.11 ou plus récent), téléchargez ce fichier :",
  second: "2. Ouvrez un terminal dans le dossier du fichier, et entrez cette commande :",
  third: "3. Une clé est demandée : collez celle-ci. Elle ne sera plus affichée.",
  copyCommand: "Copier la commande",
  copyKey: "Copier la clé",
  copyStart: "Copier ce qui le lance",
  last: "4. Lancez l’assistant, dans le même terminal :",
  after: "Cette page dit alors que l’ordinateur est connecté. Le manuel de l’assistant de poste dit comment il démarre tout seul.",
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
