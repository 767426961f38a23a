/** Imports of users, in French. */
export const imports: Readonly<Record<string, string>> = {
  "longer than {most} characters": "plus de {most} caractères",
  "too long": "trop long",
  "a user name has no blanks": "un nom d’utilisateur n’a pas d’espace",
  "line breaks and control characters cannot be part of it":
    "ni retour à la ligne ni caractère de contrôle",
  "an e-mail address looks like name@company.example":
    "une adresse e-mail s’écrit nom@societe.exemple",
  "an extension is 1 to 32 of the digits 0-9 * # A-D +":
    "un poste s’écrit avec 1 à 32 des chiffres 0-9 * # A-D +",
  "user name": "nom d’utilisateur",
  "first name": "prénom",
  "last name": "nom",
  mobile: "portable",
  "e-mail": "e-mail",
  "private field {n}": "réservé {n}",
  "{number}": "{number}",
  "by the import {name}": "par l’import {name}",
  "No entry has anything in {field}: it stays as it is.":
    "Aucune entrée n’a de {field} : ce champ reste tel quel.",
  "{count} are not in the group: {why}": "{count} ne sont pas dans le groupe : {why}",
  "The source has more than {most} entries.": "La source a plus de {most} entrées.",
};
