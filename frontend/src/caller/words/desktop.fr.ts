/** Words of what the page is on the computer. */
export const desktop = {
  desktop: {
    title: "Sur cet ordinateur",
    installHelp: "TWS dans sa propre fenêtre, avec son icône.",
    install: "Installer TWS",
    linksHelp: "Un clic sur un numéro d’une page web le prépare ici ; vous décidez d’appeler.",
    links: "Ouvrir les liens « tel: » avec TWS",
    linksRefused: "Le navigateur refuse : il ne le permet qu’en HTTPS, ou un réglage l’interdit.",
  },
};
