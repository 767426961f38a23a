/** Les modèles de fiches de l’Alerter. */
export const alerter: Readonly<Record<string, string>> = {
  "A template has at most {most} bytes.": "Un modèle a au plus {most} octets.",
  "A template has at most {most} elements.": "Un modèle a au plus {most} éléments.",
  "A template begins with <alerter>, not with <{name}>.":
    "Un modèle commence par <alerter>, pas par <{name}>.",
  "The name of a template ends with .xml.": "Le nom d’un modèle finit par .xml.",
  "This is not XML: {said}.": "Ce n’est pas du XML : {said}.",
  "This cannot be read: {said}.": "Ceci ne peut pas être lu : {said}.",
  "A document type (<!DOCTYPE) and entities are not allowed.":
    "Un type de document (<!DOCTYPE) et des entités ne sont pas permis.",
  "<{inner}> cannot stand inside <{outer}>.": "<{inner}> ne peut pas être dans <{outer}>.",
  "{name} is true or false.": "{name} vaut true ou false.",
  "There is no element <{name}>: {known}.": "L’élément <{name}> n’existe pas : {known}.",
  "{name} is a whole number of pixels, from 0 to {most}.":
    "{name} est un nombre entier de pixels, de 0 à {most}.",
  "<{element}> has no attribute {name}.": "<{element}> n’a pas d’attribut {name}.",
  "Text stands in <text>, <image> or <button> only.":
    "Du texte ne peut être que dans <text>, <image> ou <button>.",
  "<{name}> is empty.": "<{name}> est vide.",
  "<{name}> is too long.": "<{name}> est trop long.",
  "{name} is too long.": "{name} est trop long.",
  "{program} is no program that AlerterPrograms lets buttons start.":
    "{program} n’est pas un programme qu’AlerterPrograms laisse lancer par des boutons.",
  "A button needs url or exe: what it opens or runs.":
    "Un bouton a besoin de url ou de exe : ce qu’il ouvre ou lance.",
  "The program of exe is named in the template, by no token.":
    "Le programme de exe est nommé dans le modèle, jamais par un jeton.",
  "{name} is no address that begins with one of {schemes}.":
    "{name} n’est pas une adresse qui commence par {schemes}.",
  "Line {line}: {what}": "Ligne {line} : {what}",
};
