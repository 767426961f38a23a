/** Links to PBXs, in French. */
export const links: Readonly<Record<string, string>> = {
  "an address or a host name is expected, without blanks or '/'":
    "une adresse ou un nom d’hôte est attendu, sans espace ni « / »",
  "{least} to {most} seconds are expected": "de {least} à {most} secondes sont attendues",
  "printable signs, and no semicolon (a comment there)":
    "des signes imprimables, sans point-virgule (qui commence là un commentaire)",
  "it looks like {example}": "sa forme est celle de {example}",
  "one of {choices} is expected": "une valeur parmi {choices} est attendue",
  "letters, digits, '-', '_' and '.' only": "lettres, chiffres, « - », « _ » et « . » seulement",
  "{kind} is expected": "{kind} est attendu",
  "a text": "un texte",
  "yes or no": "oui ou non",
  "a whole number": "un nombre entier",
  "a text or nothing": "un texte ou rien",
  "a whole number or nothing": "un nombre entier ou rien",
  "{number} must stand in it once; else only {site} in braces":
    "{number} doit y figurer une fois ; sinon seul {site} entre accolades",
  "needed, since devices are written with {site}":
    "nécessaire, puisque les postes sont écrits avec {site}",
  "needed, {pbx} has no usual one": "nécessaire, {pbx} n’en a pas d’habituel",
  "of no use without a user": "inutile sans utilisateur",
  "sent in an application session only, and session is off":
    "transmis seulement dans une session d’application, or la session est désactivée",
  "of no use, since devices are written {device}: device_id":
    "inutile, puisque les postes s’écrivent {device} : device_id",
};
