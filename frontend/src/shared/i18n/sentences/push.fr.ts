/** Navigateurs avertis des appels, en français. */
export const push: Readonly<Record<string, string>> = {
  "This is no https address of a push service.":
    "Ce n’est pas l’adresse https d’un service de notifications.",
  "This is no key of a browser.": "Ce n’est pas la clé d’un navigateur.",
  "This is no secret of a browser.": "Ce n’est pas le secret d’un navigateur.",
};
