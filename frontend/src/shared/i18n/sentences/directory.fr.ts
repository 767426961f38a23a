/** Contacts, in French. */
export const directory: Readonly<Record<string, string>> = {
  "{why} (With the user's own account.)": "{why} (Avec le compte de l’utilisateur.)",
  "{one} {other}": "{one} {other}",
  "{who}: {what}": "{who} : {what}",
  "line {line}": "ligne {line}",
  "line {line}: {why}": "ligne {line} : {why}",
  "A contact needs a name, a company or an e-mail address.":
    "Un contact demande un nom, une société ou une adresse e-mail.",
  "A contact has at most {most} numbers.": "Un contact a {most} numéros au plus.",
  "This is too long for the name of a field: {most} characters at most.":
    "C’est trop long pour un nom de champ : {most} caractères au plus.",
  "The name of the source's field is missing.": "Le nom du champ de la source manque.",
  "No such option: {option}. There are a, h, i, l, m, p:…, u.":
    "Il n’y a pas d’option {option}. Les options sont a, h, i, l, m, p:…, u.",
  "Option p: there is nothing to put around the value.":
    "Option p : il n’y a rien à mettre autour de la valeur.",
  "{what} names no private field: write label=text.":
    "{what} ne désigne aucun champ réservé : écrire intitulé=texte.",
  "nothing in it is kept: it is empty, or a group":
    "rien n’en est gardé : elle est vide, ou un groupe",
  "another card of this file has the same UID": "une autre carte de ce fichier a le même UID",
  "no name, no company and no e-mail address": "ni nom, ni société, ni adresse e-mail",
  "no identifier": "aucun identifiant",
  "an identifier that another entry has too": "un identifiant qu’une autre entrée a aussi",
  "{count} characters are no phone number": "{count} caractères ne font pas un numéro",
  "{count} characters, {most} are kept": "{count} caractères, {most} sont gardés",
  "{count} numbers, {most} are kept": "{count} numéros, {most} sont gardés",
  "{count} bytes, {most} at most": "{count} octets, {most} au plus",
  "neither a picture nor an address of one": "ni une image, ni l’adresse d’une image",
  "{number} is neither called nor recognised: {why}":
    "{number} n’est ni appelé, ni reconnu : {why}",
  "no digit in {number}": "aucun chiffre dans {number}",
  "the source has {count} columns {column}: only one of them is read":
    "la source a {count} colonnes {column} : une seule est lue",
  "the source has no column {column}; it has: {there}":
    "la source n’a pas de colonne {column} ; elle a : {there}",
  "The source has no column {column}, which tells contacts apart. It has: {there}.":
    "La source n’a pas de colonne {column}, qui distingue les contacts. Elle a : {there}.",
  "The source has none of the columns that the fields are filled from. It has: {there}.":
    "La source n’a aucune des colonnes qui remplissent les champs. Elle a : {there}.",
  "left for the next synchronisation": "remise à la prochaine synchronisation",
  "the source gives no pictures": "la source ne donne pas d’images",
  "a picture that cannot be read": "une image illisible",
};
