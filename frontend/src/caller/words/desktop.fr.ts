/** Words of what the page is on the computer. */
export const desktop = {
  desktop: {
    installHelp: "TWS dans sa propre fenêtre, avec son icône.",
    install: "Installer TWS",
    linksHelp: "Un clic sur un numéro d’une page web le prépare ici ; vous décidez d’appeler.",
    links: "Ouvrir les liens « tel: » avec TWS",
    linksRefused: "Le navigateur refuse : il ne le permet qu’en HTTPS, ou un réglage l’interdit.",
  },
  push: {
    label: "Me signaler les appels quand la page est fermée",
    help: "Dans ce navigateur. Son service de notifications transmet un message chiffré, qu’il ne peut lire.",
    impossible: "Ce navigateur ne le permet pas, ou seulement en HTTPS.",
    notOffered: "Ce serveur n’est pas prêt à le faire : prévenez votre administrateur.",
    failed: "Le service de notifications du navigateur ne répond pas : réessayez plus tard.",
  },
};
